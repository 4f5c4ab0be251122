/// Makes foreign text safe for a terminal.
///
/// A prompt, a tag or an error message of the gateway may contain escape sequences that move the cursor,
/// rename the window or type input, and marks that change the direction of text.
enum SafeText {
  /// One line: control characters are removed, and each white space becomes a space.
  static func line(_ text: String) -> String {
    guard !isPlain(text.utf8) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isLineSpace(scalar) {
        result.append(" ")
      } else if !isUnsafe(scalar) {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Several lines: line feeds are kept, tabs become spaces, and other control characters are removed.
  static func lines(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { line(String($0)) }.joined(separator: "\n")
  }

  private static func isPlain(_ bytes: String.UTF8View) -> Bool {
    bytes.allSatisfy { (0x20...0x7E).contains($0) }
  }

  private static func isLineSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// C0 and C1 control characters, delete, and direction marks.
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F: true
    case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
