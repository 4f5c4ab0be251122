internal import GRDB
import SeedbankQuery

/// How many generations outside the trash have each tag, model and size.
enum FacetTable {
  /// Adds `change` to the count of each facet.
  static func count(
    _ facets: [(kind: FacetKind, value: String)], by change: Int, in database: Database
  ) throws {
    for facet in facets {
      try add(change, to: facet.kind, facet.value, in: database)
    }
  }

  static func add(
    _ change: Int, to kind: FacetKind, _ value: String, in database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO facet(kind, value, uses) VALUES (?1, ?2, ?3)
        ON CONFLICT(kind, value) DO UPDATE SET uses = uses + ?3
        """)
    try statement.execute(arguments: [kind.rawValue, value, change])
  }

  /// The values of a kind that are in use, the most used first.
  static func values(
    of kind: FacetKind, in database: Database
  ) throws -> [(value: String, uses: Int)] {
    // Another program may have made the table anew with columns of any type.
    let statement = try database.cachedStatement(
      sql: """
        SELECT CAST(value AS TEXT), CAST(uses AS INTEGER) FROM facet
        WHERE kind = ? AND uses > 0 AND value IS NOT NULL ORDER BY uses DESC, value
        """)
    return try Row.fetchAll(statement, arguments: [kind.rawValue]).map { ($0[0], $0[1]) }
  }
}
