/// Breaks a caption into lines that fit.
struct TextWrapping {
  /// The width of a text in pixels.
  let width: (String) -> Double

  /// Returns at most `lines` lines with at most the width `limit`.
  ///
  /// Longer text ends with an ellipsis.
  func lines(_ text: String, limit: Double, lines count: Int) -> [String] {
    guard count > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    // Only this part of a prompt is read, because it may be very long.
    var rest = Self.units(String(text.prefix(800)))[...]
    while let unit = rest.first {
      let candidate = line + unit
      if width(Self.trimmed(candidate)) <= limit {
        line = candidate
        rest.removeFirst()
      } else if lines.count == count - 1 {
        return lines + [shortened(line + rest.joined(), limit)]
      } else if line.isEmpty {
        // A word that is wider than the line is broken.
        let (head, tail) = split(unit, limit)
        lines.append(head)
        rest[rest.startIndex] = tail
      } else {
        lines.append(Self.trimmed(line))
        line = ""
      }
    }
    return line.isEmpty ? lines : lines + [Self.trimmed(line)]
  }

  /// The longest prefix that fits with an ellipsis after it.
  func shortened(_ text: String, _ limit: Double) -> String {
    let whole = Self.trimmed(text)
    if width(whole) <= limit { return whole }
    let characters = Array(whole.prefix(400))
    var (low, high) = (0, characters.count)
    while low < high {
      let middle = (low + high + 1) / 2
      if width(String(characters[..<middle]) + "…") <= limit {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return Self.trimmed(String(characters[..<low])) + "…"
  }

  private func split(_ word: String, _ limit: Double) -> (String, String) {
    let characters = Array(word)
    var end = 1
    while end < characters.count, width(String(characters[...end])) <= limit { end += 1 }
    return (String(characters[..<end]), String(characters[end...]))
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// The pieces after which a line can end: words with their space, and single characters of scripts
  /// without spaces.
  static func units(_ text: String) -> [String] {
    var units: [String] = []
    var word = ""
    for character in text {
      if character.isWhitespace {
        if !word.isEmpty || units.isEmpty == false {
          units.append(word + " ")
        }
        word = ""
      } else if isIdeograph(character) {
        if !word.isEmpty { units.append(word) }
        units.append(String(character))
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { units.append(word) }
    return units
  }

  private static func isIdeograph(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return true
    default: return false
    }
  }
}
