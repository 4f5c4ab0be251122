import FoundationEssentials
internal import GRDB

extension SearchIndex {
  /// What FTS5 finds wrong with the structure of its own tables, in its words; nil for nothing.
  ///
  /// `verify` reads the index from one end to the other, and does not notice damage of what a search
  /// finds its place by. Needs a transaction that may write, and changes nothing.
  static func structuralDamage(in database: Database) -> String? {
    do {
      try database.execute(
        sql: "INSERT INTO search_index(search_index) VALUES ('integrity-check')")
      return nil
    } catch let error as DatabaseError {
      return error.message ?? "\(error.resultCode)"
    } catch {
      return "\(error)"
    }
  }

  /// What is wrong with the table of pages, which FTS5's own check reads only in part; nil for nothing.
  ///
  /// The layout is that of SQLite's `fts5_index.c`: every page that holds the beginning of a term has
  /// one entry in `search_index_idx`.
  static func layoutDamage(in database: Database) throws -> String? {
    let entries = try Set(
      Int64.fetchCursor(
        database, sql: "SELECT coalesce((segid << 37) + (pgno >> 1), -1) FROM search_index_idx"))
    var pages: Set<Int64> = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, coalesce(length(block), 0), coalesce(substr(block, 3, 2), x'')
        FROM search_index_data
        WHERE id >= 1 << 37 AND id & (63 << 31) = 0
        """)
    while let row = try rows.next() {
      // Behind the text of a page, which the second pair of bytes measures, it lists its terms.
      let textEnd = (row[2] as Data).reduce(0) { $0 << 8 | Int($1) }
      if row[1] as Int > textEnd { pages.insert(row[0]) }
    }
    guard entries == pages else { return "its table of pages is wrong" }
    return nil
  }

  /// How many entries the index says it has, which row 1 of its data begins with; nil if it does not say.
  static func recordedTotal(in database: Database) throws -> Int64? {
    try Data.fetchOne(database, sql: "SELECT block FROM search_index_data WHERE id = 1")
      .map(firstNumber)
  }

  /// The number that bytes begin with, in SQLite's variable length: seven bits a byte, the high
  /// ones first.
  ///
  /// No bytes are 0.
  private static func firstNumber(of bytes: Data) -> Int64 {
    var number: Int64 = 0
    for byte in bytes.prefix(8) {
      number = number << 7 | Int64(byte & 0x7F)
      if byte < 0x80 { break }
    }
    return number
  }
}
