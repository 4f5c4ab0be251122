internal import GRDB
import SeedbankQuery

/// Counts the values of matches.
///
/// If there are few matches, their rows are read. If there are many, the facet blocks are read.
struct FacetCounter {
  let total: Int
  private let matches: IDSet
  private let database: Database
  /// The counts by facet number; nil if the rows are read.
  private let counts: [Int]?

  /// - Parameter few: the maximum number of matches whose rows are read.
  init(_ plan: SearchPlan, few: Int = Self.chunk, _ database: Database) throws {
    self.database = database
    let matches = try IDSet(plan, database)
    self.matches = matches
    total = matches.count
    do {
      counts = total > few ? try FacetBlocks.counts(of: matches, in: database) : nil
    } catch let error as DatabaseError where error.isIndexDamage {
      // The rows contain the same data but are slower to read.
      counts = nil
    }
  }

  /// Returns the `limit` most frequent values with exact counts.
  func top(_ kind: FacetKind, _ limit: Int) throws -> [FacetCount] {
    guard total > 0, limit > 0 else { return [] }
    // Models and sizes that differ only in case are counted as one. The most used spelling comes
    // first and is shown.
    var places: [[UInt8]: Int] = [:]
    var found: [FacetCount] = []
    let ofRows = counts == nil ? try countsOfRows(kind) : [:]
    for entry in try FacetTable.entries(of: kind, in: database) {
      let key = Self.key(kind, entry.value)
      if let place = places[key] {
        found[place] = FacetCount(
          value: found[place].value, count: found[place].count + ofBlocks(entry))
      } else {
        places[key] = found.count
        found.append(
          FacetCount(value: entry.value, count: ofRows[key] ?? ofBlocks(entry)))
      }
    }
    let sorted = found.filter { $0.count > 0 }.sorted {
      ($1.count, $0.value) < ($0.count, $1.value)
    }
    return Array(sorted.prefix(limit))
  }

  /// The number of rows that one statement reads.
  private static let chunk = 2_000

  private func ofBlocks(_ entry: FacetTable.Entry) -> Int {
    guard let counts, counts.indices.contains(Int(entry.number)) else { return 0 }
    return counts[Int(entry.number)]
  }

  private static func key(_ kind: FacetKind, _ name: String) -> [UInt8] {
    kind == .tag ? Array(name.utf8) : FacetToken.folded(name)
  }

  private func countsOfRows(_ kind: FacetKind) throws -> [[UInt8]: Int] {
    let source: String
    switch kind {
    case .tag:
      source = """
        SELECT t.name AS value FROM json_each(?) AS m
        CROSS JOIN generation_tag AS gt ON gt.generation_id = m.value
        JOIN tag AS t ON t.id = gt.tag_id
        """
    case .model:
      source = """
        SELECT g.model AS value FROM json_each(?) AS m CROSS JOIN generation AS g ON g.id = m.value
        WHERE g.model IS NOT NULL
        """
    case .size:
      source = """
        SELECT coalesce(g.width || 'x' || g.height, g.size) AS value
        FROM json_each(?) AS m CROSS JOIN generation AS g ON g.id = m.value
        WHERE g.width IS NOT NULL AND g.height IS NOT NULL OR g.size IS NOT NULL
        """
    }
    let statement = try database.cachedStatement(
      sql: "SELECT value, count(*) FROM (\(source)) GROUP BY value")
    var counts: [[UInt8]: Int] = [:]
    for part in matches.ids.chunks(of: Self.chunk) {
      let rows = try Row.fetchCursor(statement, arguments: [JSONList.text(part)])
      while let row = try rows.next() { counts[Self.key(kind, row[0]), default: 0] += row[1] }
    }
    return counts
  }
}
