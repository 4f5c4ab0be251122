/// Text broken into lines at its spaces, by the columns that it takes on a terminal.
enum TextWrap {
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
      // A word wider than the line is broken where it must be; Chinese and Japanese have no spaces.
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
