import FilePaths
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import SeedbankSync

/// Reads the text of queries for one library.
///
/// A query from a client may name generations by ids and digests only. A path would let every client of the
/// server open files of this computer.
struct QueryReader {
  let library: Library

  /// - Throws: `QueryError`, `SearchError`, `APIError`, `LibraryError`.
  func query(_ text: String) throws -> (query: Query, notes: [QueryNote]) {
    let parsed = try Query.parse(text)
    guard parsed.query.namesGenerations else { return (parsed.query, parsed.notes) }
    let resolved = try library.resolved(
      parsed.query, named: { try generation(named: $0).id }, similar: { try similar(to: $0) },
      file: { throw APIError.referenceNotAllowed($0.description) })
    return (resolved, parsed.notes)
  }

  private func generation(named text: String) throws -> Generation {
    let reference = Reference(text)
    if case .file = reference { throw APIError.referenceNotAllowed(text) }
    let id = try library.resolve(reference).generation
    guard let generation = try library.generation(id) else {
      throw LibraryError.noSuchGeneration(id)
    }
    return generation
  }

  private func similar(to text: String) throws -> Set<GenerationID> {
    let reference = Reference(text)
    if case .file = reference { throw APIError.referenceNotAllowed(text) }
    return try SimilarImages.generations(like: reference, in: library)
  }
}
