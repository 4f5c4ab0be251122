import ArgumentParser
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// A column of a table of generations.
enum RecordColumn: String, CaseIterable, Sendable {
  case id, status, created, seed, size, model, stars, tags, note, prompt

  /// The default columns.
  ///
  /// Only those with content are shown.
  static let usual = allCases.filter { $0 != .note }

  /// The priority of the column when space is short: tags, model and size are removed before date, seed
  /// and stars.
  func column(isKept: Bool) -> TextTable.Column {
    var column =
      switch self {
      case .id: TextTable.Column(title: rawValue, alignment: .right)
      case .status: TextTable.Column(title: rawValue, importance: 7)
      case .created: TextTable.Column(title: rawValue, importance: 6)
      case .seed: TextTable.Column(title: rawValue, alignment: .right, importance: 5)
      case .stars: TextTable.Column(title: rawValue, importance: 4)
      case .size: TextTable.Column(title: rawValue, importance: 3)
      case .model: TextTable.Column(title: rawValue, importance: 1, limit: 26)
      case .tags: TextTable.Column(title: rawValue, importance: 2, limit: 28, least: 10)
      case .note: TextTable.Column(title: rawValue, limit: 28, least: 10)
      case .prompt: TextTable.Column(title: rawValue)
      }
    if isKept { column.importance = nil }
    return column
  }

  func text(_ generation: Generation, isNarrow: Bool = false) -> String {
    let parameters = generation.parameters
    switch self {
    case .id: return generation.id.description
    case .status: return generation.status == .complete ? "" : generation.status.rawValue
    case .created:
      let time = Clock.local(generation.createdAt)
      return isNarrow ? String(time.prefix(10)) : time
    case .seed: return parameters.seed?.description ?? ""
    case .size: return SafeText.line(Self.size(parameters))
    case .model: return SafeText.line(parameters.model ?? "")
    case .stars: return RecordTable.stars(generation)
    case .tags: return SafeText.line(generation.tags.joined(separator: ", "))
    case .note: return SafeText.line(generation.note ?? "")
    case .prompt: return SafeText.line(generation.prompt)
    }
  }

  private static func size(_ parameters: Parameters) -> String {
    if let size = parameters.size { return size }
    guard let width = parameters.width, let height = parameters.height else { return "" }
    return "\(width)x\(height)"
  }
}

extension SearchOrder {
  /// The column with the sort key.
  var column: RecordColumn? {
    switch self {
    case .created, .newest, .oldest: .created
    case .rating: .stars
    case .seed: .seed
    case .size: .size
    default: nil
    }
  }
}

/// `--columns`: the columns of a table and their order.
struct ColumnChoice: ExpressibleByArgument, Equatable, Sendable {
  let columns: [RecordColumn]

  init?(argument: String) {
    var columns: [RecordColumn] = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let name = name.filter { $0 != " " }.lowercased()
      guard let column = RecordColumn(rawValue: Self.synonyms[name] ?? name),
        !columns.contains(column)
      else { return nil }
      columns.append(column)
    }
    self.columns = columns
  }

  private static let synonyms = ["rating": "stars", "date": "created", "tag": "tags"]

  var text: String { columns.map(\.rawValue).joined(separator: ",") }

  static var allValueStrings: [String] { RecordColumn.allCases.map(\.rawValue) }
  var defaultValueDescription: String { text }
}
