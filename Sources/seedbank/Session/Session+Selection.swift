import FilePaths
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The generations that a reference may name.
enum TrashRule {
  /// Those outside the trash.
  case outside
  /// Those in the trash.
  case inside
}

extension Session {
  /// Reads the arguments of a command as references or as a query.
  func selection(_ arguments: [String], number: Selection.Number) -> Selection {
    Selection(arguments, number: number) { argument in
      let path = Path.typed(argument)
      let isNamed = argument.contains("/") || FileKind.isPictureName(argument)
      return isNamed && path.isRegularFile
    }
  }

  /// The generations that the arguments of an editing or exporting command select.
  ///
  /// - Throws: a `Failure` of status 66 if a reference does not exist or nothing matches, of status 64
  ///   without any argument; `ReferenceError`, `LibraryError`.
  func selected(_ arguments: [String], in library: Library) throws -> [GenerationID] {
    switch selection(arguments, number: .reference) {
    case .references(let terms): return try ids(terms, in: library)
    case .query(let words):
      try noteNumbers(in: words, of: library)
      let found = try ids(words, in: library)
      guard !found.isEmpty else {
        throw try nothingMatches(words, in: library, ending: "; nothing was changed")
      }
      return found
    }
  }

  /// The query of a search, from its words or from named generations.
  ///
  /// - Throws: `ReferenceError`, `LibraryError`, or a `Failure` of the query.
  func searched(_ words: [String], in library: Library) throws -> PreparedQuery {
    if case .references(let terms) = selection(words, number: .word) {
      do {
        return PreparedQuery(query: .ids(try ids(terms, in: library)), highlighter: .none(style))
      } catch ReferenceError.notFound(let name) where !name.contains(where: { "@.".contains($0) }) {
        // Hexadecimal digits that are not the start of a uid are a normal word.
      }
    }
    try noteNumbers(in: words, of: library)
    return try query(words, in: library)
  }

  /// The generations that references name, each once, in the order named.
  ///
  /// - Throws: `ReferenceError` or `LibraryError` if one of them does not exist, a `Failure` of status 66
  ///   if the trash rule excludes it.
  func ids(
    _ terms: [Selection.Term], in library: Library, trash rule: TrashRule = .outside
  ) throws -> [GenerationID] {
    var ids: [GenerationID] = []
    var seen: Set<GenerationID> = []
    for term in terms {
      let named: [GenerationID] =
        switch term {
        case .one(let reference, let typed):
          [try resolve(reference.typed(typed), named: typed, in: library).generation]
        case .range(let range, let typed):
          try self.ids(range, typed, in: library, trash: rule)
        }
      ids += named.filter { seen.insert($0).inserted }
    }
    try check(ids, rule, in: library)
    return ids
  }

  private func ids(
    _ range: ClosedRange<Int64>, _ typed: String, in library: Library, trash rule: TrashRule
  ) throws -> [GenerationID] {
    let found =
      switch rule {
      case .outside:
        try library.ids(SearchRequest(.ids(in: range), order: .oldest, limit: 0, at: local))
      case .inside: try library.trash(limit: .max).filter { range.contains($0.rawValue) }.sorted()
      }
    if found.isEmpty { throw ReferenceError.notFound(typed) }
    return found
  }

  private func check(_ ids: [GenerationID], _ rule: TrashRule, in library: Library) throws {
    let trashed = Set(try library.trashed(among: ids))
    switch rule {
    case .outside:
      guard let id = ids.first(where: trashed.contains) else { return }
      throw Failure(
        .noInput, "generation \(id) is in the trash; nothing was changed",
        hint: "`seedbank trash restore \(id)` restores it")
    case .inside:
      guard let id = ids.first(where: { !trashed.contains($0) }) else { return }
      throw Failure(
        .noInput, "generation \(id) is not in the trash; nothing was changed",
        hint: "`seedbank trash list` lists the trash")
    }
  }

  /// Prints a note if a number was searched as a word, but is the id of a generation.
  func noteNumbers(in words: [String], of library: Library) throws {
    for id in Selection.bareNumbers(in: words).prefix(3) {
      guard try library.generation(id) != nil else { continue }
      talk.note("'\(id)' is searched as a word; #\(id) is the generation with that id")
    }
  }

  /// Why a query matches nothing.
  ///
  /// - Parameter end: the end of the sentence.
  /// - Throws: `LibraryError`.
  func nothingMatches(
    _ words: [String], in library: Library, ending end: String = ""
  ) throws -> Failure {
    Failure(
      .noInput, "no generation matches '\(words.joined(separator: " "))'\(end)",
      hint: try reason(words, in: library))
  }

  private func reason(_ words: [String], in library: Library) throws -> String {
    // The whole query is read, because one argument may have several terms.
    for pattern in (try? Query.parse(words: words))?.query.node.tagPatterns ?? [] {
      guard let name = pattern.plainName else { continue }
      let tags = try library.tagCounts().map(\.name)
      guard !tags.contains(where: pattern.matches) else { continue }
      let nearest = Suggestion.nearest(to: name, among: tags).map { "; did you mean '\($0)'?" }
      return "the tag '\(name)' does not exist" + (nearest ?? "")
    }
    let isPlain = !words.contains { ["OR", "AND", "NOT"].contains($0) || $0.contains("(") }
    guard words.count > 1, isPlain else { return "`seedbank search` shows what a query matches" }
    for word in words {
      guard let query = try? Query.parse(word).query, !query.namesGenerations else { continue }
      if try library.count(query, at: local) == 0 { return "'\(word)' alone matches nothing" }
    }
    return "every word must match the same generation; OR between words means either"
  }
}

extension Query.Node {
  /// The tags that matches have, or one of several that they have.
  fileprivate var tagPatterns: [TagPattern] {
    switch self {
    case .condition(.tag(let pattern)): [pattern]
    case .all(let operands), .any(let operands): operands.flatMap(\.tagPatterns)
    case .everything, .nothing, .words, .condition, .not: []
    }
  }
}

extension Reference {
  /// The same reference.
  ///
  /// A path keeps its typed bytes.
  fileprivate func typed(_ text: String) -> Reference {
    if case .file = self { .file(Path.typed(text)) } else { self }
  }
}
