import Gateway
import Storage

/// What the columns of a table of prompts are.
struct TableHeader: Equatable {
  enum Column: Equatable {
    case prompt, tags
    case field(RequestField)
  }

  let columns: [Column]

  init(_ record: CSVReader.Record) throws(PromptFileError) {
    var columns: [Column] = []
    for cell in record.cells {
      let name = Self.normalized(cell)
      let column: Column
      switch name {
      case "prompt": column = .prompt
      case "tags": column = .tags
      default:
        guard let field = RequestField(rawValue: name) else {
          throw PromptFileError(line: record.line, .unknownField(cell))
        }
        column = .field(field)
      }
      guard !columns.contains(column) else {
        throw PromptFileError(line: record.line, .columnTwice(cell))
      }
      columns.append(column)
    }
    guard columns.contains(.prompt) else {
      throw PromptFileError(line: record.line, .noPromptColumn)
    }
    self.columns = columns
  }

  /// An empty cell sets nothing.
  func entry(_ record: CSVReader.Record) throws(PromptFileError) -> PromptEntry {
    guard record.cells.count == columns.count else {
      throw PromptFileError(
        line: record.line,
        .wrongNumberOfCells(found: record.cells.count, expected: columns.count))
    }
    var prompt = ""
    var changes: [RequestChange] = []
    var tags: [TagName] = []
    for (column, cell) in zip(columns, record.cells) {
      switch column {
      case .prompt: prompt = cell
      case .tags: tags = try TagList.read(cell, line: record.line)
      case .field(let field):
        guard !cell.isEmpty else { continue }
        do throws(RequestError) {
          changes.append(try RequestChange(field: field.rawValue, value: cell))
        } catch {
          throw PromptFileError(line: record.line, .badRequest(error))
        }
      }
    }
    return PromptEntry(line: record.line, prompt: prompt, changes: changes, tags: tags)
  }

  /// The names of a header line, roughly: enough to guess a format by.
  static func names(in line: String) -> [String] {
    line.split(separator: ",").map { normalized(String($0.filter { $0 != "\"" && !$0.isNewline })) }
  }

  private static func normalized(_ name: String) -> String {
    String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
}

/// Tags as they stand in one cell, with `;` between them.
enum TagList {
  static func read(_ text: String, line: Int) throws(PromptFileError) -> [TagName] {
    try text.split(separator: ";").filter { part in part.contains { !$0.isWhitespace } }
      .map { part throws(PromptFileError) in
        guard let tag = TagName(part) else {
          throw PromptFileError(line: line, .badTag(String(part)))
        }
        return tag
      }
  }
}
