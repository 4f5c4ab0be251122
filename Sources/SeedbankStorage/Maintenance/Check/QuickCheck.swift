internal import GRDB
import SeedbankModel
import SeedbankQuery

/// The check of the catalog that reads a limited number of rows in a library of any size.
enum QuickCheck {
  /// How many of the newest rows and image files it looks at.
  static let depth = 1_000

  /// Compares the schema of the derived tables, the totals of the search index, and the newest rows.
  static func catalogFaults(in database: Database) throws -> [Fault] {
    do {
      if let wrong = try DerivedTables.wrongDefinition(in: database) {
        return [.indexDamaged(wrong)]
      }
      guard try SearchIndex.isCurrent(in: database) else {
        return [.indexStale(IndexFaults(isOutdated: true))]
      }
      let total = try SearchIndex.recordedTotal(in: database)
      guard try total == generationCount(in: database) else {
        return [.indexDamaged("its totals are wrong")]
      }
      let missing = try newestMissing(in: database)
      return missing.isEmpty
        ? [] : [.indexStale(IndexFaults(generations: missing, count: missing.count))]
    } catch let error as DatabaseError where error.isIndexDamage {
      return [.indexDamaged(error.message ?? "\(error.resultCode)")]
    }
  }

  /// The number of generations outside the trash.
  private static func generationCount(in database: Database) throws -> Int64? {
    try Int64.fetchOne(
      database,
      sql: """
        SELECT (SELECT count(*) FROM generation)
          - (SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL)
        """)
  }

  /// Those of the newest generations that the index does not have.
  private static func newestMissing(in database: Database) throws -> [GenerationID] {
    let ids = try Int64.fetchAll(
      database,
      sql: "SELECT id FROM generation WHERE trashed_at IS NULL ORDER BY id DESC LIMIT \(depth)")
    guard let oldest = ids.last else { return [] }
    let indexed = try Set(
      Int64.fetchCursor(
        database, sql: "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid >= ?",
        arguments: [IndexExpression.everything.match, oldest]))
    return ids.filter { !indexed.contains($0) }.reversed().map { GenerationID($0) }
  }
}
