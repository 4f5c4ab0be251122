import SeedbankModel
import SeedbankQuery

/// What may stand at the cursor in a query.
public struct QueryCompletion: Hashable, Sendable {
  public struct Suggestion: Hashable, Sendable {
    /// What takes the place of the word at the cursor.
    public let insert: String
    /// What people read.
    public let label: String
    /// How many generations outside the trash have the value; nil for what is not counted.
    public let count: Int?
  }

  /// The word at the cursor, in UTF-16 units of the query's text.
  public let range: Range<Int>
  public let suggestions: [Suggestion]
}

extension Library {
  /// Suggests fields, tags, models, collections and the values of fields for the word at the cursor.
  ///
  /// - Parameters:
  ///   - cursor: in UTF-16 units of `text`.
  ///   - limit: the most suggestions.
  /// - Throws: `LibraryError`.
  public func completion(
    of text: String, cursor: Int, limit: Int = 20
  ) throws -> QueryCompletion {
    let word = WordAtCursor(text, cursor)
    let candidates = try candidates(for: word)
    let typed = FacetToken.folded(word.typedValue)
    let folded = candidates.map { (FacetToken.folded($0.label), $0) }
    let first = folded.filter { $0.0.starts(with: typed) }
    let inside = folded.filter {
      typed.count > 1 && !$0.0.starts(with: typed) && $0.0.firstRange(of: typed) != nil
    }
    let suggestions = (first + inside).prefix(limit).map { candidate in
      QueryCompletion.Suggestion(
        insert: word.sign + candidate.1.insert, label: candidate.1.label, count: candidate.1.count)
    }
    return QueryCompletion(range: word.range, suggestions: suggestions)
  }

  private func candidates(for word: WordAtCursor) throws -> [QueryCompletion.Suggestion] {
    if let field = word.field {
      guard let field = QueryField(rawValue: field.lowercased()) else { return [] }
      return try values(of: field)
    }
    let fields = QueryField.allCases.map {
      QueryCompletion.Suggestion(insert: "\($0.rawValue):", label: "\($0.rawValue):", count: nil)
    }
    return try fields + values(of: .tag) + values(of: .collection) + values(of: .model)
  }

  private func values(of field: QueryField) throws -> [QueryCompletion.Suggestion] {
    func suggestion(_ value: String, _ count: Int?) -> QueryCompletion.Suggestion {
      QueryCompletion.Suggestion(
        insert: "\(field.rawValue):\(Self.quoted(value))", label: value, count: count)
    }
    func fixed(_ values: [String]) -> [QueryCompletion.Suggestion] {
      values.map { suggestion($0, nil) }
    }
    switch field {
    case .tag: return try values(of: FacetKind.tag).map { suggestion($0.value, $0.count) }
    case .model: return try values(of: FacetKind.model).map { suggestion($0.value, $0.count) }
    case .size: return try values(of: FacetKind.size).map { suggestion($0.value, $0.count) }
    case .collection: return try collections().map { suggestion($0.name, $0.count) }
    case .search: return try fixed(savedSearches().map(\.name))
    case .tool: return try fixed(tools() + ["none"])
    case .rating: return fixed(["5", "4", "3", "2", "1", ">=4", "none"])
    case .status: return fixed(Status.allCases.map(\.rawValue))
    case .is: return fixed(State.allCases.map(\.rawValue))
    case .has: return fixed(Part.allCases.map(\.rawValue))
    case .ratio: return fixed(["portrait", "landscape", "square", "16:9"])
    case .watermark: return fixed(["yes", "no", "none"])
    case .created, .before, .after: return fixed(["today", "yesterday", "7d", "30d"])
    case .format: return fixed(ImageKind.allCases.map(\.rawValue))
    case .verdict: return fixed(QueryField.verdicts)
    default: return []
    }
  }

  /// The value as a query has it: in quotation marks if it would end early without them.
  private static func quoted(_ value: String) -> String {
    let isPlain = !value.unicodeScalars.contains {
      $0.properties.isWhitespace || $0 == "\"" || $0 == "(" || $0 == ")"
    }
    return isPlain ? value : "\"" + value.replacing("\"", with: "\"\"") + "\""
  }
}

/// The word of a query that the cursor stands in or after.
private struct WordAtCursor {
  let range: Range<Int>
  /// `-` before the word, or nothing.
  let sign: String
  /// The text before the first colon; nil without one.
  let field: String?
  /// What was typed of the value, up to the cursor.
  let typedValue: String

  init(_ text: String, _ cursor: Int) {
    let cursor = min(max(cursor, 0), text.utf16.count)
    var start = 0
    var offset = 0
    var isQuoted = false
    var end = text.utf16.count
    var typed = ""
    for scalar in text.unicodeScalars {
      let isBoundary =
        !isQuoted && (scalar.properties.isWhitespace || scalar == "(" || scalar == ")")
      if offset < cursor {
        if scalar == "\"" { isQuoted.toggle() }
        if isBoundary {
          start = offset + UTF16.width(scalar)
          typed = ""
        } else {
          typed.unicodeScalars.append(scalar)
        }
      } else if isBoundary || isQuoted && scalar == "\"" {
        end = offset + (isBoundary ? 0 : 1)
        break
      }
      offset += UTF16.width(scalar)
    }
    range = start..<max(start, end)
    sign = typed.hasPrefix("-") ? "-" : ""
    let rest = typed.dropFirst(sign.count)
    let colon = rest.firstIndex(of: ":")
    field = colon.map { String(rest[..<$0]) }
    typedValue = String(colon.map { rest[rest.index(after: $0)...] } ?? rest)
      .filter { $0 != "\"" }
  }
}
