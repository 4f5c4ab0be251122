internal import GRDB
import SeedbankQuery

/// Enters many generations whose values the caller has at hand, as a restore does.
///
/// The counts of facets are kept here until `finish`, which must be called in the transaction of
/// `init`. In between the index gathers more in memory than usual before it writes a piece, and merges
/// none, so that nothing is written time and again.
struct BulkIndexWriter {
  private struct Facet: Hashable {
    let kind: FacetKind
    let value: String
  }

  private let database: Database
  private let insert: Statement
  private var counts: [Facet: Int] = [:]

  init(_ database: Database) throws {
    self.database = database
    try SearchIndex.set("hashsize", to: Self.gathered, in: database)
    try SearchIndex.set("automerge", to: 0, in: database)
    insert = try database.makeStatement(sql: IndexStatement.insert.rawValue)
  }

  /// Enters a generation that is not in the trash and not in the index.
  mutating func add(
    _ id: Int64, _ text: IndexedText, _ facets: [(kind: FacetKind, value: String)]
  ) throws {
    try IndexStatement.execute(insert, id, text)
    for facet in facets {
      counts[Facet(kind: facet.kind, value: facet.value), default: 0] += 1
    }
  }

  /// - Parameter optimizing: whether to merge the index into one piece, which reads all of it.
  mutating func finish(optimizing: Bool) throws {
    for (facet, count) in counts {
      try FacetTable.add(count, to: facet.kind, facet.value, in: database)
    }
    counts = [:]
    if optimizing { try SearchIndex.optimize(in: database) }
    // FTS5's own defaults.
    try SearchIndex.set("hashsize", to: 1 << 20, in: database)
    try SearchIndex.set("automerge", to: 4, in: database)
  }

  /// In bytes.
  private static let gathered = 1 << 25
}
