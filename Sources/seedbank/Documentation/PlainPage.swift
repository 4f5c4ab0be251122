/// A help topic as text for a terminal or a pipe.
///
/// It supports the Markdown of the topics: paragraphs, lists, tables of two or more columns, and fences.
enum PlainPage {
  /// - Parameter width: columns of the terminal; nil does not wrap.
  static func text(_ markdown: String, width: Int?, style: Style) -> String {
    var text = ""
    var isFenced = false
    var rows: [[String]] = []
    func endTable() {
      if !rows.isEmpty { text += table(rows, width: width, style: style) }
      rows = []
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isFenced.toggle()
      } else if isFenced {
        text += "  " + line + "\n"
      } else if line.hasPrefix("|") {
        if !line.hasPrefix("| ---") { rows.append(cells(line)) }
      } else {
        endTable()
        text += TextWrap.paragraph(
          unmarked(line), indent: line.hasPrefix("- ") ? 2 : 0, columns: width)
      }
    }
    endTable()
    return text
  }

  /// The first column is as wide as its longest cell.
  ///
  /// The others are wrapped beside it, or below it if there is not enough space.
  private static func table(_ rows: [[String]], width: Int?, style: Style) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let isTooWide = rows.contains { row in
      row.map { DisplayWidth.of($0) + 2 }.reduce(-2, +) > width ?? .max
    }
    if columns > 2, isTooWide { return blocks(rows, width: width, style: style) }
    if columns > 2 {
      var table = TextTable(
        (rows.first ?? []).enumerated().map { index, title in
          TextTable.Column(title: title, importance: index == 0 ? nil : columns - index)
        })
      table.rows = rows.dropFirst().map { Array($0) }
      return table.rendered(width: width, style: style)
    }
    let natural = rows.map { DisplayWidth.of($0[0]) }.max() ?? 0
    let first = width.map { min(natural, max($0 / 3, 12)) } ?? natural
    return rows.enumerated().map { number, row in
      let name = row[0]
      let body = row.count > 1 ? row[1] : ""
      let lines = width.map { TextWrap.lines(body, columns: $0 - first - 2) } ?? [body]
      let margin = String(repeating: " ", count: first + 2)
      let padding = first - DisplayWidth.of(name)
      let painted = number == 0 ? style.faint(name) : style.bold(name)
      let head =
        padding >= 0
        ? painted + String(repeating: " ", count: padding + 2)
        : width.map { TextWrap.lines(name, columns: $0).joined(separator: "\n") } ?? name
      let gap = padding >= 0 ? "" : "\n" + margin
      return head + gap + lines.joined(separator: "\n" + margin) + "\n"
    }.joined()
  }

  /// A table that is wider than the terminal: the first cell of each row, and the others below it.
  private static func blocks(_ rows: [[String]], width: Int?, style: Style) -> String {
    rows.dropFirst().map { row in
      style.bold(row[0]) + "\n"
        + row.dropFirst().map { cell in
          let lines = width.map { TextWrap.lines(cell, columns: $0 - 2) } ?? [cell]
          return lines.map { "  " + $0 + "\n" }.joined()
        }.joined()
    }.joined()
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: "|").map { unmarked(trimmed($0)) }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }

  private static func unmarked(_ text: Substring) -> String {
    String(text).replacing("`", with: "").replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.output.1 }
  }
}
