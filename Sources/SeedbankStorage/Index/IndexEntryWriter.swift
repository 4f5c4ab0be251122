internal import GRDB
import SeedbankQuery

/// Changes the index entries and facets of generations, one after the other.
///
/// The facets are incomplete until `finish` is called, so call it in the same transaction.
struct IndexEntryWriter {
  private let delete: Statement
  private let insert: Statement
  private var facets: FacetWriter
  /// The previous entry: in a series, most prompts are equal to the prompt of the previous
  /// generation, and are not folded again.
  private var last: (values: IndexedValues, entry: IndexedText)?

  init(_ database: Database) throws {
    delete = try database.cachedStatement(sql: IndexStatement.delete.rawValue)
    insert = try database.cachedStatement(sql: IndexStatement.insert.rawValue)
    facets = FacetWriter(database)
  }

  /// - Parameters:
  ///   - before: the old values; nil if the generation had no entry.
  ///   - after: the new values; nil if the generation gets no entry.
  mutating func change(
    _ id: Int64, from before: IndexedValues?, to after: IndexedValues?
  ) throws {
    let old = before.map { entry(of: $0) }
    let new = after.map { entry(of: $0) }
    if old != new {
      let differing = old.flatMap { old in new.flatMap { old.differences(to: $0) } }
      if let removed = differing?.old ?? old {
        try IndexStatement.execute(delete, id, removed)
      }
      if let added = differing?.new ?? new { try IndexStatement.execute(insert, id, added) }
    }
    try facets.change(id, from: before?.facets ?? [], to: after?.facets ?? [])
  }

  private mutating func entry(of values: IndexedValues) -> IndexedText {
    let entry =
      last.map { IndexedText(values, before: $0.values, entry: $0.entry) } ?? IndexedText(values)
    last = (values, entry)
    return entry
  }

  /// Writes the facets.
  mutating func finish() throws { try facets.finish() }
}
