internal import GRDB
import SeedbankQuery

/// Adds many generations to the index if the caller already has their values, as in a restore.
///
/// The counts of facets are kept in memory until `finish`. Call `finish` in the same transaction as
/// `init`. Call `settle` before other code changes the index.
///
/// Until `finish`, FTS5 uses a larger buffer and merges nothing, so that no data is written
/// repeatedly.
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

  /// Adds a generation that is not in the trash and not in the index.
  mutating func add(
    _ id: Int64, _ text: IndexedText, _ facets: [(kind: FacetKind, value: String)]
  ) throws {
    try IndexStatement.execute(insert, id, text)
    try self.facets.change(id, from: [], to: facets)
  }

  /// Writes pending facets, so that other code can change the index.
  mutating func settle() throws { try facets.writeBlocks() }

  /// Writes the remaining facets and restores the usual options of FTS5.
  ///
  /// - Parameter optimizing: whether to merge the index into one segment, which reads all of it.
  mutating func finish(optimizing: Bool) throws {
    try facets.finish()
    if optimizing { try SearchIndex.optimize(in: database) }
    try SearchIndex.gatherAsUsual(in: database)
  }
}
