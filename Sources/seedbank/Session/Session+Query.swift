import FilePaths
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// A resolved query, with the highlighter for its words.
struct PreparedQuery {
  let query: Query
  let highlighter: Highlighter
}

extension Session {
  /// The time and the time zone for dates in queries.
  var local: LocalTime { LocalTime(now: now) { Clock.utcOffset(seconds: $0) } }

  /// Reads the words of a QUERY.
  ///
  /// Notes show where the meaning may be unexpected.
  /// - Throws: `Failure` of status 64 with the position, `ReferenceError` from `similar:` and `parent:`.
  func query(_ words: [String], in library: Library) throws -> PreparedQuery {
    let text = words.joined(separator: " ")
    let parsed = try parsed(text)
    let query = try parsed.namesGenerations ? resolved(parsed, library) : parsed
    return PreparedQuery(
      query: query,
      highlighter: Highlighter(
        ranges: { text, kind in query.highlights(in: text, as: kind) }, style: style))
  }

  /// Reads the text of a query and prints notes about it.
  /// - Throws: `Failure` of status 64 with the position.
  func parsed(_ text: String) throws -> Query {
    do {
      let parsed = try Query.parse(text)
      for note in parsed.notes { talk.note(note.sentence) }
      return parsed.query
    } catch let error as QueryError {
      throw Failure(error, in: text)
    }
  }

  /// The ids of the matches of a QUERY, for commands that change all of them.
  /// - Throws: a `Failure` of status 64 without words, which would select everything.
  func ids(_ words: [String], in library: Library) throws -> [GenerationID] {
    guard words.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      throw Failure(
        .usage, "the query is empty",
        hint: "name generations or give a query; `id:1..` selects all generations")
    }
    let prepared = try query(words, in: library)
    return try library.ids(
      SearchRequest(prepared.query, order: .oldest, limit: 0, at: local))
  }

  private func resolved(_ query: Query, _ library: Library) throws -> Query {
    try library.resolved(
      query, named: { try resolve($0, in: library).generation },
      similar: { try similar(to: $0, in: library) },
      file: { parsed in
        // A parsed path is the UTF-8 of the text that stands for the typed bytes.
        let path = Path.typed(String(decoding: parsed.bytes, as: UTF8.self))
        guard let digest = ImageStore.digest(ofFileAt: path) else {
          throw ReferenceError.notFound(path.description)
        }
        return digest
      })
  }
}

extension QueryNote {
  var sentence: String {
    switch self {
    case .unknownField(let name, let suggestion):
      "the field '\(name)' does not exist; searched as text"
        + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .fieldWithoutValue(let name):
      "'\(name):' has no value; searched as text" + (Self.shellRemark(name).map { "; \($0)" } ?? "")
    case .noWords(let text): "'\(text)' contains no words"
    case .lowercaseOperator(let word):
      "'\(word)' is searched as a word; to find either word, use capitals: cat OR dog"
    case .unpaired(let character): "an unmatched \(character) was ignored"
    }
  }
}
