import Storage

extension Session {
  /// The one generation that words mean: a REF, or a query that finds exactly one.
  ///
  /// - Throws: `ReferenceError`, `Failure` of the query, `LibraryError`.
  func generation(meantBy words: [String], in library: Library) throws -> Generation {
    do {
      if words.count == 1 { return try generation(words[0], in: library) }
    } catch ReferenceError.notFound(let text) where text.contains(":") {
      // `seed:4242` is no file and no name, but it may well find something.
    }
    let found = try ids(words, in: library)
    guard found.count <= 1 else {
      throw ReferenceError.ambiguous(
        words.joined(separator: " "), candidates: Array(found.prefix(10)))
    }
    guard let id = found.first, let generation = try library.generation(id) else {
      throw ReferenceError.notFound(words.joined(separator: " "))
    }
    return generation
  }
}
