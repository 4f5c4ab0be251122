import SeedbankModel
import SeedbankStorage

extension Session {
  /// The single generation of the words: a REF, or a query with exactly one match.
  ///
  /// - Throws: `ReferenceError`, `Failure` of the query, `LibraryError`.
  func generation(meantBy words: [String], in library: Library) throws -> Generation {
    do {
      if words.count == 1 { return try generation(words[0], in: library) }
    } catch ReferenceError.notFound(let text) where text.contains(":") {
      // `seed:4242` is neither a file nor a name, but it may match a generation.
    }
    let found = try ids(words, in: library)
    guard found.count <= 1 else { throw try several(found, words, in: library) }
    guard let id = found.first, let generation = try library.generation(id) else {
      throw try nothingMatches(words, in: library)
    }
    return generation
  }

  /// The candidates with their differences, so that the user can choose.
  private func several(
    _ found: [GenerationID], _ words: [String], in library: Library
  ) throws -> Failure {
    let shown = 10
    let table = RecordTable(
      width: talk.terminal.width.map { $0 - 4 }, highlighter: .none(Style(isOn: false))
    )
    .rendered(try library.generations(Array(found.prefix(shown))), hasHead: true)
    let rest = found.count > shown ? ["… and \(found.count - shown) more"] : []
    return Failure(
      .badData, "'\(words.joined(separator: " "))' matches \(found.count) generations",
      hint: "name one of them by its id",
      excerpt: table.split(separator: "\n").map(String.init) + rest)
  }
}
