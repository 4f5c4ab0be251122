/// Rows in aligned columns, fitted to the terminal.
///
/// If the terminal is too narrow, the least important columns are left out, and the last column is cut.
/// Without a terminal, nothing is cut.
struct TextTable {
  struct Column {
    let title: String
    var alignment = Alignment.left
    /// The column with the lowest priority is left out first; nil is never left out.
    var importance: Int?
    /// The maximum width when space is short.
    var limit: Int?
    /// The width to which the column is reduced before a column is left out; nil does not reduce it.
    var least: Int?

    enum Alignment { case left, right }
  }

  let columns: [Column]
  /// Safe text.
  ///
  /// Each row has one cell for each column.
  var rows: [[String]] = []
  /// Colors the text of a cell after cutting: row, column, text.
  var paint: (_ row: Int, _ column: Int, _ text: String) -> String = { $2 }
  var hasHead = true

  /// The minimum share of the last column while others can still be left out: two fifths.
  private static func leastForLast(_ width: Int) -> Int { max(24, width * 2 / 5) }
  private static let gap = 2

  init(_ columns: [Column]) { self.columns = columns }

  func rendered(width: Int?, style: Style) -> String {
    let layout = layout(width: width)
    var text = ""
    if hasHead {
      let cells = layout.map { Self.fitted(columns[$0.column].title, $0) }
      text += style.faint(Self.line(cells)) + "\n"
    }
    for (number, row) in rows.enumerated() {
      text += Self.line(row: row, number, layout, columns, paint) + "\n"
    }
    return text
  }

  private struct Slot {
    let column: Int
    let width: Int
    let alignment: Column.Alignment
    let isLast: Bool
  }

  /// The shown columns and their widths.
  private func layout(width: Int?) -> [Slot] {
    let natural = columns.indices.map { index in
      rows.reduce(hasHead ? DisplayWidth.of(columns[index].title) : 0) {
        max($0, DisplayWidth.of($1[index]))
      }
    }
    guard let last = columns.indices.last else { return [] }
    var widths = natural
    var shown = Array(columns.indices)
    if let width {
      for index in shown.dropLast() {
        if let limit = columns[index].limit { widths[index] = min(widths[index], limit) }
      }
      let least = min(natural[last], Self.leastForLast(width))
      narrow(&widths, for: last, in: shown, width, until: least)
      while room(for: last, in: shown, widths, width) < least, let next = droppable(shown) {
        shown.remove(at: next)
      }
      widths[last] = max(1, min(natural[last], room(for: last, in: shown, widths, width)))
    }
    return shown.map {
      Slot(
        column: $0, width: widths[$0], alignment: columns[$0].alignment, isLast: $0 == last)
    }
  }

  private func narrow(
    _ widths: inout [Int], for last: Int, in shown: [Int], _ width: Int, until enough: Int
  ) {
    for index in shown.dropLast() {
      guard let least = columns[index].least, widths[index] > least else { continue }
      let missingWidth = enough - room(for: last, in: shown, widths, width)
      if missingWidth > 0 { widths[index] = max(least, widths[index] - missingWidth) }
    }
  }

  private func room(for last: Int, in shown: [Int], _ widths: [Int], _ width: Int) -> Int {
    width - shown.dropLast().reduce(0) { $0 + widths[$1] + Self.gap }
  }

  private func droppable(_ shown: [Int]) -> Int? {
    shown.indices.filter { columns[shown[$0]].importance != nil }
      .min { columns[shown[$0]].importance ?? 0 < columns[shown[$1]].importance ?? 0 }
  }

  private static func line(
    row: [String], _ number: Int, _ layout: [Slot], _ columns: [Column],
    _ paint: (Int, Int, String) -> String
  ) -> String {
    line(
      layout.map { slot in
        let (text, padding) = cut(row[slot.column], to: slot.width)
        let painted = paint(number, slot.column, text)
        return padded(painted, padding, slot)
      })
  }

  private static func fitted(_ text: String, _ slot: Slot) -> String {
    let (text, padding) = cut(text, to: slot.width)
    return padded(text, padding, slot)
  }

  private static func padded(_ text: String, _ padding: Int, _ slot: Slot) -> String {
    let spaces = String(repeating: " ", count: padding)
    switch slot.alignment {
    case .right: return spaces + text
    case .left: return slot.isLast ? text : text + spaces
    }
  }

  private static func line(_ cells: [String]) -> String {
    let line = cells.joined(separator: String(repeating: " ", count: gap))
    guard let end = line.lastIndex(where: { $0 != " " }) else { return "" }
    return String(line[...end])
  }

  /// The text, cut with `…` if it does not fit, and the remaining columns.
  static func cut(_ text: String, to width: Int) -> (text: String, padding: Int) {
    let natural = DisplayWidth.of(text)
    if natural <= width { return (text, width - natural) }
    guard width > 0 else { return ("", 0) }
    let (front, used) = DisplayWidth.prefix(text, columns: width - 1)
    return (front + "…", width - 1 - used)
  }
}
