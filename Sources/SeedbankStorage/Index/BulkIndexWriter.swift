internal import GRDB
import SeedbankQuery

/// Enters many generations whose values the caller has at hand, as a restore does.
///
/// The counts of facets are kept here until `finish`, which must be called in the transaction of
/// `init`. Before anything else changes the index, `settle` must be called. In between the index gathers more in memory than usual before it writes a piece, and merges
/// none, so that nothing is written time and again.
struct BulkIndexWriter {
  private let database: Database
  private let insert: Statement
  private var facets: FacetWriter

  init(_ database: Database) throws {
    self.database = database
    facets = FacetWriter(database)
    try SearchIndex.gatherMore(in: database)
    insert = try database.makeStatement(sql: IndexStatement.insert.rawValue)
  }

  /// Enters a generation that is not in the trash and not in the index.
  mutating func add(
    _ id: Int64, _ text: IndexedText, _ facets: [(kind: FacetKind, value: String)]
  ) throws {
    try IndexStatement.execute(insert, id, text)
    try self.facets.change(id, from: [], to: facets)
  }

  /// Prepares for changes of the index that are not made by this value.
  mutating func settle() throws { try facets.writeBlocks() }

  /// - Parameter optimizing: whether to merge the index into one piece, which reads all of it.
  mutating func finish(optimizing: Bool) throws {
    try facets.finish()
    if optimizing { try SearchIndex.optimize(in: database) }
    try SearchIndex.gatherAsUsual(in: database)
  }
}
