internal import GRDB

/// Enters many generations whose values the caller has at hand, as a restore does.
///
/// The counts of facets are kept here until `finish`, which must be called in the transaction of
/// the last `add`.
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
    insert = try database.makeStatement(sql: IndexStatement.insert.rawValue)
  }

  /// Enters a generation that is not in the trash and not in the index.
  mutating func add(_ id: Int64, _ values: IndexedValues) throws {
    try IndexStatement.execute(insert, id, IndexedText(values))
    for facet in values.facets {
      counts[Facet(kind: facet.kind, value: facet.value), default: 0] += 1
    }
  }

  mutating func finish() throws {
    for (facet, count) in counts {
      try FacetTable.add(count, to: facet.kind, facet.value, in: database)
    }
    counts = [:]
  }
}
