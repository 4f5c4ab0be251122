import SeedbankModel

/// Generations as a table: one line each, the prompt last.
struct RecordTable {
  let width: Int?
  let highlighter: Highlighter

  private static let columns: [TextTable.Column] = [
    .init(title: "id", alignment: .right),
    .init(title: "status", importance: 6),
    .init(title: "created", importance: 5),
    .init(title: "seed", alignment: .right, importance: 4),
    .init(title: "size", importance: 2),
    .init(title: "model", importance: 1, limit: 26),
    .init(title: "stars", importance: 3),
    .init(title: "tags", importance: 5, limit: 28),
    .init(title: "prompt"),
  ]

  func rendered(_ generations: [Generation], hasHead: Bool) -> String {
    let rows = generations.map(Self.cells)
    // A column with nothing in it tells nothing.
    let shown = Self.columns.indices.filter { index in
      rows.contains { !$0[index].isEmpty } || index == Self.columns.count - 1
    }
    var table = TextTable(shown.map { Self.columns[$0] })
    table.hasHead = hasHead
    table.rows = rows.map { row in shown.map { row[$0] } }
    let style = highlighter.style
    table.paint = { row, column, text in
      switch Self.columns[shown[column]].title {
      case "id": style.bold(text)
      case "status": paintStatus(generations[row].status, text, style)
      case "created", "seed", "size", "model": style.faint(text)
      case "stars": style.warning(text)
      default: highlighter.lit(text)
      }
    }
    return table.rendered(width: width, style: style)
  }

  private static func cells(_ generation: Generation) -> [String] {
    let parameters = generation.parameters
    return [
      generation.id.description,
      generation.status == .complete ? "" : generation.status.rawValue,
      Clock.local(generation.createdAt),
      parameters.seed?.description ?? "",
      SafeText.line(size(parameters)),
      SafeText.line(parameters.model ?? ""),
      stars(generation),
      SafeText.line(generation.tags.joined(separator: ", ")),
      SafeText.line(generation.prompt),
    ]
  }

  private static func size(_ parameters: Parameters) -> String {
    if let size = parameters.size { return size }
    guard let width = parameters.width, let height = parameters.height else { return "" }
    return "\(width)x\(height)"
  }

  static func stars(_ generation: Generation) -> String {
    String(repeating: "★", count: generation.rating ?? 0) + (generation.isFavorite ? "♥" : "")
  }
}

/// A status in the colour of how it stands.
func paintStatus(_ status: Status, _ text: String, _ style: Style) -> String {
  switch status {
  case .complete: style.good(text)
  case .queued, .submitting, .pending, .ready, .held: style.warning(text)
  case .failed, .unknown, .lost: style.bad(text)
  }
}
