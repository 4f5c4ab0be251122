import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// A table of generations, one per line.
struct RecordTable {
  let width: Int?
  let highlighter: Highlighter
  /// The chosen columns in that order; nil shows the default ones that have content.
  var columns: ColumnChoice?
  /// The order of the rows.
  ///
  /// The column of its key is always shown.
  var order: SearchOrder?

  func rendered(_ generations: [Generation], hasHead: Bool) -> String {
    let chosen = columns?.columns ?? RecordColumn.usual
    let cells = chosen.map { column in generations.map { column.text($0, isNarrow: isNarrow) } }
    let shown = chosen.indices.filter { index in
      columns != nil || isKept(chosen[index]) || cells[index].contains { !$0.isEmpty }
    }
    var table = TextTable(
      shown.map { chosen[$0].column(isKept: columns != nil || isKept(chosen[$0])) })
    table.hasHead = hasHead
    table.rows = generations.indices.map { row in shown.map { cells[$0][row] } }
    let style = highlighter.style
    table.paint = { row, column, text in
      switch chosen[shown[column]] {
      case .id: style.bold(text)
      case .status: paintStatus(generations[row].status, text, style)
      case .created, .seed, .size, .model: style.faint(text)
      case .stars: style.warning(text)
      case .tags: highlighter.lit(text, in: .tag)
      case .note: highlighter.lit(text, in: .note)
      case .prompt: highlighter.lit(text, in: .prompt)
      }
    }
    return table.rendered(width: width, style: style)
  }

  /// Dates without times leave more space for the prompt.
  private var isNarrow: Bool { width.map { $0 < 60 } ?? false }

  private func isKept(_ column: RecordColumn) -> Bool {
    column == .prompt || column == order?.column
  }

  static func stars(_ generation: Generation) -> String {
    String(repeating: "★", count: generation.rating ?? 0) + (generation.isFavorite ? "♥" : "")
  }
}

/// A status in its color.
func paintStatus(_ status: Status, _ text: String, _ style: Style) -> String {
  switch status {
  case .complete: style.good(text)
  case .queued, .submitting, .pending, .ready, .held: style.warning(text)
  case .failed, .unknown, .lost: style.bad(text)
  }
}
