/// The format that a file of prompts seems to have, from its first bytes.
public enum PromptAppearance: Sendable, Equatable {
  /// Nothing but white space.
  case empty
  /// Nothing but lines of text.
  case plain
  case jsonArray
  /// A JSON object on the first line.
  case jsonLines
  /// A JSON object over several lines, or a text in braces.
  case jsonObject
  /// HTML or XML.
  case markup
  case yaml
  /// A header with a column `prompt`, and what separates its cells; nil for a single column.
  case table(Delimiter?)
  /// Columns, without a header that has `prompt`.
  case unknownTable

  /// What separates the cells of a table.
  public enum Delimiter: UInt8, Sendable, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
  }

  /// How much of a file is looked at, in bytes.
  static let limit = 1 << 16

  init(_ beginning: [UInt8]) {
    let isWhole = beginning.count < Self.limit
    let bytes =
      beginning.starts(with: ByteOrderMark.bytes) ? beginning.dropFirst(3) : beginning[...]
    let text = String(decoding: bytes, as: UTF8.self)
    let all = text.split(whereSeparator: \.isNewline)
    // The last line may be cut.
    let lines = (isWhole || all.count < 2 ? all[...] : all.dropLast())
      .filter { $0.contains { !$0.isWhitespace } }
    self = lines.isEmpty ? .empty : Self.of(lines)
  }

  private static func of(_ lines: [Substring]) -> PromptAppearance {
    let first = lines[0].drop(while: \.isWhitespace)
    switch first.first {
    case "[": return .jsonArray
    case "{":
      let last = first.last { !$0.isWhitespace }
      return last == "}" ? .jsonLines : .jsonObject
    case "<": return .markup
    default: break
    }
    if TableHeader.normalized(first) == "prompt" { return .table(nil) }
    if let delimiter = TableHeader.delimiter(of: first) { return .table(delimiter) }
    if isYAML(first) { return .yaml }
    return isTable(lines) ? .unknownTable : .plain
  }

  /// A document marker, a list, or a key of a request.
  private static func isYAML(_ line: Substring) -> Bool {
    if line == "---" || line.hasPrefix("%YAML") || line.hasPrefix("- ") { return true }
    guard let colon = line.firstIndex(of: ":") else { return false }
    let rest = line[line.index(after: colon)...]
    guard rest.first.map(\.isWhitespace) ?? true else { return false }
    return TableHeader.isKnown(line[..<colon]) || line[..<colon].lowercased() == "prompts"
  }

  /// Words over a single column that are not a prompt.
  private static let headings: Set<String> = [
    "prompts", "text", "texts", "caption", "captions", "description", "descriptions", "title",
    "image_prompt", "positive_prompt",
  ]

  private static func isTable(_ lines: [Substring]) -> Bool {
    if lines[0].contains("\t") || headings.contains(TableHeader.normalized(lines[0]))
      || TableHeader.hasOnlyKnown(lines[0])
    {
      return true
    }
    return hasColumns(lines, ";") || hasColumns(lines, ",") && lines[0].allSatisfy(isOfNames)
  }

  /// Whether all lines have as many separators as the first.
  private static func hasColumns(_ lines: [Substring], _ separator: Character) -> Bool {
    let counts = lines.prefix(20).map { line in line.count { $0 == separator } }
    return counts.count > 1 && counts[0] > 0 && counts.allSatisfy { $0 == counts[0] }
  }

  /// Names of columns have no spaces; prompts with commas do.
  private static func isOfNames(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || ",_-\"".contains(character)
  }
}
