import FilePaths

/// Arguments and variables as text that can be turned back into their bytes.
///
/// The argument parser uses `String`, which cannot contain a name that is not UTF-8. Each byte that is
/// not UTF-8 becomes one of 128 private-use characters at the end of Unicode. If these characters occur
/// in the input, their bytes are encoded in the same way. So the conversion is exact in both directions.
enum RawText {
  /// Represents the byte 0.
  private static let base: UInt32 = 0x10FE00
  private static let marks: ClosedRange<UInt32> = base + 0x80...base + 0xFF

  /// The process's arguments without its name.
  static func arguments() -> [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { text(of: FilePath(cString: $0).bytes) }
    }
  }

  /// The bytes as text.
  ///
  /// UTF-8 is not changed.
  static func text(of bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !hasMark(text) { return text }
    var result = String.UnicodeScalarView()
    for piece in UTF8Pieces(bytes) {
      switch piece {
      case .scalar(let scalar) where marks.contains(scalar.value):
        result.append(contentsOf: UTF8.encode(scalar).map { $0.map(mark) } ?? [])
      case .scalar(let scalar): result.append(scalar)
      case .byte(let byte): result.append(mark(byte))
      }
    }
    return String(result)
  }

  /// The bytes of the text.
  static func bytes(of text: String) -> [UInt8] {
    guard hasMark(text) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar -> [UInt8] in
      if marks.contains(scalar.value) { return [UInt8(truncatingIfNeeded: scalar.value)] }
      return UTF8.encode(scalar).map(Array.init) ?? []
    }
  }

  /// The typed text, or nil if it is not UTF-8.
  static func utf8(_ text: String) -> String? {
    hasMark(text) ? String(validating: bytes(of: text), as: UTF8.self) : text
  }

  private static func hasMark(_ text: String) -> Bool {
    text.unicodeScalars.contains { marks.contains($0.value) }
  }

  private static func mark(_ byte: UInt8) -> Unicode.Scalar {
    // Every value of the range is a scalar.
    Unicode.Scalar(base + UInt32(byte)) ?? "\u{FFFD}"
  }
}
