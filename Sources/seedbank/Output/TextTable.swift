/// Rows in aligned columns, fitted to the terminal.
///
/// Where the terminal is too narrow the least important columns go, and one column, the last, is cut
/// at its end; without a terminal nothing is cut.
struct TextTable {
  struct Column {
    let title: String
    var alignment = Alignment.left
    /// The column that goes first has the least of these; nil is never dropped.
    var importance: Int?
    /// The most columns of the terminal that it takes where room is short.
    var limit: Int?
    /// The column is narrowed to this before any column is dropped; nil does not narrow it.
    var least: Int?

    enum Alignment { case left, right }
  }

  let columns: [Column]
  /// Safe text, as many cells in each row as there are columns.
  var rows: [[String]] = []
  /// Colours a cell's text once it is cut: row, column, text.
  var paint: (_ row: Int, _ column: Int, _ text: String) -> String = { $2 }
  var hasHead = true

  /// The narrowest that the last column is made while others could still go: two fifths.
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

  /// Which columns are shown, and how wide.
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
      let lacking = enough - room(for: last, in: shown, widths, width)
      if lacking > 0 { widths[index] = max(least, widths[index] - lacking) }
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

  /// The text with `…` for what does not fit, and the columns left over.
  static func cut(_ text: String, to width: Int) -> (text: String, padding: Int) {
    let natural = DisplayWidth.of(text)
    if natural <= width { return (text, width - natural) }
    guard width > 0 else { return ("", 0) }
    let (front, used) = DisplayWidth.prefix(text, columns: width - 1)
    return (front + "…", width - 1 - used)
  }
}
