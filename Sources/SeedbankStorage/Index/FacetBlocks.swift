internal import GRDB

/// The table `facet_block`.
enum FacetBlocks {
  /// The facets of a generation.
  struct Entry {
    let id: Int64
    /// The facet numbers; empty if the generation is in the trash or does not exist.
    let facets: [Int64]
  }

  /// Writes the facets of generations.
  ///
  /// - Parameter entries: in ascending order of ids, without duplicates.
  static func write(_ entries: [Entry], in database: Database) throws {
    var rest = entries[...]
    while let first = rest.first {
      let number = FacetBlock.number(of: first.id)
      let changes = rest.prefix { FacetBlock.number(of: $0.id) == number }
      rest = rest[changes.endIndex...]
      let block = try FacetBlock.changing(
        bytes(of: number, in: database),
        changes.map { (Int($0.id - number * FacetBlock.size), $0.facets) })
      try database.run(
        "INSERT OR REPLACE INTO facet_block(id, facets) VALUES (?, ?)", .integer(number),
        .blob(block.bytes))
    }
  }

  private static func bytes(of block: Int64, in database: Database) throws -> [UInt8] {
    var rows = try RawRows(
      "SELECT facets FROM facet_block WHERE id = ?", .integer(block), in: database)
    return try rows.next() ? Array(rows.bytes(0)) : []
  }

  /// Counts the matches that have each facet.
  ///
  /// - Returns: the counts, indexed by facet number.
  /// - Throws: `DatabaseError` if the table is damaged.
  static func counts(of matches: IDSet, in database: Database) throws -> [Int] {
    let newest = try database.integer("SELECT max(id) FROM facet") ?? 0
    guard let range = matches.range, (0..<mostFacets).contains(newest) else { return [] }
    var counts = [Int](repeating: 0, count: Int(newest) + 1)
    var rows = try RawRows(
      "SELECT id, facets FROM facet_block WHERE id BETWEEN ? AND ?",
      .integer(FacetBlock.number(of: range.lowerBound)),
      .integer(FacetBlock.number(of: range.upperBound)), in: database)
    while try rows.next() {
      var id = rows.integer(0) &* FacetBlock.size
      var reader = FacetBlockReader(rows.bytes(1))
      while let count = try reader.nextCount() {
        let isMatch = matches.contains(id)
        for _ in 0..<count {
          let facet = Int(try reader.facet())
          if isMatch, facet < counts.count { counts[facet] += 1 }
        }
        id &+= 1
      }
    }
    return counts
  }

  /// The limit of facet numbers, because a damaged table may contain any number.
  static let mostFacets: Int64 = 1 << 24

  /// Calls `body` with each generation id and the number of each of its facets.
  ///
  /// - Throws: `DatabaseError` if the table is damaged.
  static func forEach(in database: Database, _ body: (Int64, Int64) -> Void) throws {
    var rows = try RawRows("SELECT id, facets FROM facet_block", in: database)
    while try rows.next() {
      var id = rows.integer(0) &* FacetBlock.size
      var reader = FacetBlockReader(rows.bytes(1))
      while let count = try reader.nextCount() {
        for _ in 0..<count { body(id, try reader.facet()) }
        id &+= 1
      }
    }
  }
}
