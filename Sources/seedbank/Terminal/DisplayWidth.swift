/// The width of text on a terminal, in columns.
///
/// A grapheme is as wide as its widest scalar: combining marks and joiners add nothing, and a family of
/// emoji is one image. Wide are the ranges W and F of Unicode's EastAsianWidth.txt (version 16.0), and
/// scalars with emoji presentation by default or by a variation selector.
enum DisplayWidth {
  static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      // U+FE0F selects the emoji form, which is always wide.
      if scalar.value == 0xFE0F, width > 0 { return 2 }
      width = max(width, of(scalar))
      if width == 2 { return 2 }
    }
    return width
  }

  /// The longest prefix of `text` that fits into `columns`, and its width.
  static func prefix(_ text: some StringProtocol, columns: Int) -> (text: String, width: Int) {
    var width = 0
    var kept = ""
    for character in text {
      let next = of(character)
      guard width + next <= columns else { break }
      width += next
      kept.append(character)
    }
    return (kept, width)
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 {
      return scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? 0 : 1
    }
    if isWide(scalar.value) { return 2 }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
      return 0
    default: break
    }
    // Half of a flag has one column. Two halves form one grapheme.
    if (0x1F1E6...0x1F1FF).contains(scalar.value) { return 2 }
    return properties.isEmojiPresentation ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wide.count / 2
    while low < high {
      let middle = (low + high) / 2
      if wide[middle * 2 + 1] < value { low = middle + 1 } else { high = middle }
    }
    return low < wide.count / 2 && wide[low * 2] <= value
  }

  /// W and F without emoji, which the standard library knows: the first and the last of each range.
  ///
  /// Gaps of unassigned code points inside a block are included. Plain numbers are in the program file. Ranges
  /// would be made when they are first used.
  private static let wide: [UInt32] = [
    0x1100, 0x115F, 0x2329, 0x232A, 0x2630, 0x2637, 0x268A, 0x268F, 0x2E80, 0x303E, 0x3041, 0x3247,
    0x3250, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6B,
    0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x16FF1, 0x17000, 0x18D08, 0x1AFF0, 0x1B2FB,
    0x1D300, 0x1D356, 0x1D360, 0x1D376, 0x1F200, 0x1F265, 0x20000, 0x3FFFD,
  ]
}
