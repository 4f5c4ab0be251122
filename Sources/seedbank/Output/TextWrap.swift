/// Wraps text at spaces, by its width on a terminal.
enum TextWrap {
  /// A paragraph with a newline at its end: `text` after `label`, with all other lines indented.
  ///
  /// - Parameter columns: nil for no line breaks.
  static func paragraph(
    _ text: String, label: String = "", indent: Int = 0, columns: Int?
  ) -> String {
    // A label that is wider than the indent makes only the first line shorter.
    let lead = String(repeating: "·", count: max(0, DisplayWidth.of(label) - indent))
    guard let columns else { return label + text + "\n" }
    let broken = lines(lead + text, columns: columns - indent).joined(
      separator: "\n" + String(repeating: " ", count: indent))
    return label + broken.dropFirst(lead.count) + "\n"
  }

  static func lines(_ text: String, columns: Int) -> [String] {
    let columns = max(columns, 8)
    if DisplayWidth.of(text) <= columns { return [text] }
    var lines: [String] = []
    var line = ""
    var width = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let wordWidth = DisplayWidth.of(word)
      if !line.isEmpty, width + 1 + wordWidth <= columns {
        line += " " + word
        width += 1 + wordWidth
        continue
      }
      if !line.isEmpty { lines.append(line) }
      // A word that is wider than the line is broken. Chinese and Japanese have no spaces.
      var rest = word
      while DisplayWidth.of(rest) > columns {
        let (front, _) = DisplayWidth.prefix(rest, columns: columns)
        lines.append(front)
        rest = rest.dropFirst(front.count)
      }
      line = String(rest)
      width = DisplayWidth.of(rest)
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
