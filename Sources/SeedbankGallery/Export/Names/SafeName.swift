/// Makes names of files and folders that are valid on Linux, macOS and Windows.
///
/// Source for Windows: Microsoft's "Naming Files, Paths, and Namespaces".
enum SafeName {
  /// The longest name in bytes of UTF-8: 255, minus the ending of a sidecar and the mark for equal names.
  static let longest = 220

  /// A value as part of a name: each run of characters that are not letters or digits becomes one hyphen,
  /// and hyphens at the ends are removed.
  static func slug(_ value: String, limit: Int? = nil) -> String {
    plainSlug(value, limit: limit) ?? fullSlug(value, limit: limit)
  }

  static func fullSlug(_ value: String, limit: Int?) -> String {
    var slug = ""
    var count = 0
    var isGap = false
    for character in value {
      guard let kept = kept(character) else {
        isGap = true
        continue
      }
      if isGap, !slug.isEmpty {
        guard limit.map({ count + 2 <= $0 }) ?? true else { break }
        slug.append("-")
        count += 1
      }
      isGap = false
      guard limit.map({ count < $0 }) ?? true else { break }
      slug.append(contentsOf: kept)
      count += 1
      // A name cannot be longer, so a prompt of 100 KB is not read to its end.
      if slug.utf8.count > 2 * longest { break }
    }
    while let last = slug.last, "-._".contains(last) { slug.removeLast() }
    return slug
  }

  /// The character without invisible scalars, or nil if it separates words.
  private static func kept(_ character: Character) -> String? {
    if character.isASCII {
      return character.isLetter || character.isNumber || "._+=@".contains(character)
        ? String(character) : nil
    }
    let scalars = character.unicodeScalars.filter { isVisible($0) }
    guard let first = scalars.first, !first.properties.isWhitespace, !isForbidden(first) else {
      return nil
    }
    // A mark or joiner without its letter would be combined with the character before it.
    guard !first.properties.isGraphemeExtend, first != "\u{200D}" else { return nil }
    return String(String.UnicodeScalarView(scalars))
  }

  /// One part of a path: `stem` and `ending` (such as `.jpg`) with unsafe characters replaced,
  /// within the length limit.
  ///
  /// Stems are cut between characters, endings never.
  static func part(stem: String, suffix: String = "", ending: String = "") -> String {
    var stem = trimmed(cleaned(stem))
    if isReserved(stem) { stem = "_" + stem }
    stem = cut(stem, toBytes: longest - suffix.utf8.count - ending.utf8.count)
    while let last = stem.last, last == "." || last == " " { stem.removeLast() }
    return (stem.isEmpty ? "_" : stem) + suffix + ending
  }

  /// The longest prefix of whole characters with at most `limit` bytes of UTF-8.
  static func cut(_ text: String, toBytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var length = 0
    var kept = ""
    for character in text {
      length += character.utf8.count
      guard length <= limit else { break }
      kept.append(character)
    }
    return kept
  }

  private static func cleaned(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && !isForbidden(Unicode.Scalar($0)) }) {
      return text
    }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.compactMap { scalar in
          if isForbidden(scalar) { return "_" }
          if scalar.properties.isWhitespace { return " " }
          return isVisible(scalar) ? scalar : nil
        }))
  }

  /// Leading dots hide files, leading hyphens look like options, and Windows removes trailing dots and
  /// spaces.
  private static func trimmed(_ text: String) -> String {
    // By the first scalar: a dot with a combining mark is another Character, but also hides a file.
    let front = text.drop { character in
      character.unicodeScalars.first.map { ".- ~\u{200D}".unicodeScalars.contains($0) } ?? false
    }
    guard let last = front.lastIndex(where: { $0 != "." && $0 != " " }) else { return "" }
    return String(front[...last])
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\0"..."\u{1F}", "\u{7F}", "<", ">", ":", "\"", "/", "\\", "|", "?", "*": true
    default: false
    }
  }

  /// False for control, direction, unassigned and private-use characters.
  ///
  /// The two joiners are kept, because emoji and Persian need them.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .format:
      scalar == "\u{200D}" || scalar == "\u{200C}" || (0xE0020...0xE007F).contains(scalar.value)
    default: true
    }
  }

  private static let devices: Set<String> = {
    var names: Set<String> = ["con", "prn", "aux", "nul", "conin$", "conout$"]
    for digit in "0123456789¹²³" { names.formUnion(["com\(digit)", "lpt\(digit)"]) }
    return names
  }()

  /// Device names of Windows, which are reserved with any ending.
  private static func isReserved(_ name: String) -> Bool {
    let stem = name.utf8.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: " ") }
    guard stem.count <= 8, let text = String(stem) else { return false }
    return devices.contains(text.lowercased())
  }
}
