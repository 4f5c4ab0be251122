import SeedbankModel
import SeedbankProviders

/// The columns of a table of prompts.
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

  /// The separator in a header line of several columns with `prompt`, or in the line `sep=;`.
  static func delimiter(of line: Substring) -> PromptAppearance.Delimiter? {
    if line.lowercased().hasPrefix("sep=") {
      return line.dropFirst(4).utf8.first.flatMap { PromptAppearance.Delimiter(rawValue: $0) }
    }
    return PromptAppearance.Delimiter.allCases.first { delimiter in
      let names = cells(of: line, delimiter)
      return names.count > 1 && names.contains { normalized($0) == "prompt" }
    }
  }

  /// Whether a line is a header of columns that exist.
  static func hasOnlyKnown(_ line: Substring) -> Bool {
    PromptAppearance.Delimiter.allCases.contains { cells(of: line, $0).allSatisfy(isKnown) }
  }

  private static func cells(
    of line: Substring, _ delimiter: PromptAppearance.Delimiter
  ) -> [Substring] {
    let separator = Character(Unicode.Scalar(delimiter.rawValue))
    return line.split(separator: separator, omittingEmptySubsequences: false)
  }

  /// Whether a column may have this name.
  static func isKnown(_ name: Substring) -> Bool {
    let name = normalized(name)
    return name == "tags" || RequestField(rawValue: name) != nil
  }

  /// A name without quotes and surrounding spaces, in the spelling of a request.
  static func normalized(_ name: some StringProtocol) -> String {
    var text = String(name).filter { $0 != "\"" }[...]
    while text.first?.isWhitespace ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
}

/// The tags of one cell, separated by `;`.
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
