internal import GRDB
import SeedbankQuery

/// How many generations outside the trash have each tag, model and size.
enum FacetTable {
  private static func add(
    _ change: Int, to kind: FacetKind, _ value: String, in database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO facet(kind, value, uses) VALUES (?1, ?2, ?3)
        ON CONFLICT(kind, value) DO UPDATE SET uses = uses + ?3
        """)
    try statement.execute(arguments: [kind.rawValue, value, change])
  }

  /// Writes changes of counts.
  static func apply(_ changes: FacetChanges, in database: Database) throws {
    for (facet, change) in changes.counts where change != 0 {
      try add(change, to: facet.kind, facet.value, in: database)
    }
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

/// By how much the number of generations with each facet changes, summed up over many of them.
struct FacetChanges {
  struct Facet: Hashable {
    let kind: FacetKind
    let value: String
  }

  fileprivate(set) var counts: [Facet: Int] = [:]

  mutating func add(_ facets: [(kind: FacetKind, value: String)], by change: Int) {
    for facet in facets {
      counts[Facet(kind: facet.kind, value: facet.value), default: 0] += change
    }
  }
}
