import SeedbankModel
package import SeedbankQuery

/// The possible completions at the cursor in a query.
public struct QueryCompletion: Hashable, Sendable {
  /// One completion of the word at the cursor.
  public struct Suggestion: Hashable, Sendable {
    /// The text that replaces the word at the cursor.
    public let insert: String
    /// The text to display.
    public let label: String
    /// The number of generations outside the trash that have the value; nil if it is not counted.
    public let count: Int?
  }

  /// The word at the cursor, in UTF-16 units of the query's text.
  public let range: Range<Int>
  /// The completions, in the order in which they are shown.
  public let suggestions: [Suggestion]
}

extension Library {
  /// Returns completions for the word at the cursor.
  ///
  /// They are fields, tags, models, collections and values of fields.
  ///
  /// - Parameters:
  ///   - cursor: the position in `text`, in UTF-16 units.
  ///   - limit: the maximum number of suggestions.
  /// - Throws: `LibraryError`.
  public func completion(
    of text: String, cursor: Int, limit: Int = 20
  ) throws -> QueryCompletion {
    let word = WordAtCursor(text, cursor)
    let candidates = try candidates(for: word)
    // A typed backslash only says that the star after it is part of the name.
    let typed = FacetToken.folded(word.typedValue.replacing("\\*", with: "*"))
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

  /// Returns the values that can be listed for a field, with the number of generations if it is
  /// counted.
  package func values(
    _ completion: FieldCompletion
  ) throws -> [(value: String, count: Int?)] {
    func facets(_ kind: FacetKind) throws -> [(value: String, count: Int?)] {
      try values(of: kind).map { ($0.value, $0.count) }
    }
    func uncounted(_ values: [String]) -> [(value: String, count: Int?)] {
      values.map { ($0, nil) }
    }
    return switch completion {
    case .words(let words): uncounted(words)
    case .tags: try facets(.tag)
    case .models: try facets(.model)
    case .sizes: try facets(.size)
    case .tools: try uncounted(tools() + ["none"])
    case .providers: try uncounted(providers() + ["none"])
    case .savedSearches: try uncounted(savedSearches().map(\.name))
    case .collections: try collections().map { ($0.name, $0.count) }
    }
  }

  private func candidates(for word: WordAtCursor) throws -> [QueryCompletion.Suggestion] {
    let mark = word.isExact ? "=" : ""
    func suggestions(_ name: String) throws -> [QueryCompletion.Suggestion] {
      guard let field = QueryField.named(name.lowercased()) else { return [] }
      return try values(field.completion).map {
        QueryCompletion.Suggestion(
          insert: "\(field.name):\(mark)\(field.completion.typed($0.value))", label: $0.value,
          count: $0.count)
      }
    }
    if let field = word.field { return try suggestions(field) }
    let fields = QueryField.all.map {
      QueryCompletion.Suggestion(insert: "\($0.name):", label: "\($0.name):", count: nil)
    }
    return try fields + suggestions("tag") + suggestions("collection") + suggestions("model")
  }
}

/// The word of a query that contains the cursor or ends at it.
private struct WordAtCursor {
  let range: Range<Int>
  /// `-` if it precedes the word; otherwise empty.
  let sign: String
  /// The text before the first colon; nil for a word without a colon.
  let field: String?
  /// Whether `=` precedes the name of a tag, as in `tag:=coast`.
  let isExact: Bool
  /// The typed part of the value, up to the cursor.
  let typedValue: String

  init(_ text: String, _ cursor: Int) {
    let cursor = min(max(cursor, 0), text.utf16.count)
    var start = 0
    var offset = 0
    var end = text.utf16.count
    var typed = ""
    var boundaries = WordBoundaries()
    for scalar in text.unicodeScalars {
      let wasQuoted = boundaries.isQuoted
      let isBoundary = boundaries.isBoundary(scalar)
      if offset < cursor {
        if isBoundary {
          start = offset + UTF16.width(scalar)
          typed = ""
        } else {
          typed.unicodeScalars.append(scalar)
        }
      } else if isBoundary || wasQuoted && scalar == "\"" {
        end = offset + (isBoundary ? 0 : 1)
        break
      }
      offset += UTF16.width(scalar)
    }
    range = start..<max(start, end)
    let scalars = typed.unicodeScalars
    sign = scalars.first == "-" ? "-" : ""
    let rest = scalars.dropFirst(sign.count)
    let colon = rest.firstIndex(of: ":")
    field = colon.map { String(rest[..<$0]) }
    let value = colon.map { rest[rest.index(after: $0)...] } ?? rest
    isExact = field?.lowercased() == "tag" && value.first == "="
    let name = value.dropFirst(isExact ? 1 : 0)
    typedValue = String(String.UnicodeScalarView(name.filter { $0 != "\"" }))
  }
}

/// Finds the characters between the words of a query, by the rules of its parser.
private struct WordBoundaries {
  private(set) var isQuoted = false
  /// Whether a bracket here would open a group, because no word has begun or a phrase has ended.
  private var isAtStart = true
  /// The number of open groups.
  private var groups = 0
  /// The number of open brackets that are part of the word.
  private var inner = 0

  /// Returns whether the next character of the text is between two words.
  mutating func isBoundary(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\"" {
      isQuoted.toggle()
      isAtStart = !isQuoted
      return false
    }
    guard !isQuoted else { return false }
    if scalar == "(", isAtStart {
      groups += 1
    } else if scalar == ")", inner == 0, isAtStart || groups > 0 {
      groups = max(0, groups - 1)
    } else if !scalar.properties.isWhitespace {
      if scalar == "(" { inner += 1 }
      if scalar == ")" { inner = max(0, inner - 1) }
      if scalar != "-" { isAtStart = false }
      return false
    }
    isAtStart = true
    inner = 0
    return true
  }
}
