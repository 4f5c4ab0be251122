import FoundationEssentials
internal import GRDB

extension SearchIndex {
  /// Returns the error of FTS5's check of its own tables; nil if the check finds no error.
  ///
  /// `verify` reads the whole index from start to end. It does not detect damage of the data that a
  /// search uses to find its position.
  ///
  /// The check needs a transaction that may write, but it changes nothing.
  /// - Throws: `DatabaseError` if the system does not let SQLite read or write.
  static func structuralDamage(in database: Database) throws -> String? {
    do {
      try database.execute(
        sql: "INSERT INTO search_index(search_index) VALUES ('integrity-check')")
      return nil
    } catch let error as DatabaseError where !error.isSystemFailure {
      return error.message ?? "\(error.resultCode)"
    }
  }

  /// Returns an error of the table of pages, which FTS5's check reads only in part; nil if it is
  /// correct.
  ///
  /// The layout is defined in SQLite's `fts5_index.c`. Every page that contains the beginning of a
  /// term has one entry in `search_index_idx`. While FTS5 merges a segment, it deletes the pages that it has
  /// merged (`fts5TrimSegments`), and their entries stay until the end of the merge.
  static func layoutDamage(in database: Database) throws -> String? {
    var pages: Set<Int64> = []
    var firstPages: [Int64: Int64] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, coalesce(length(block), 0), coalesce(substr(block, 3, 2), x'')
        FROM search_index_data
        WHERE id >= 1 << 37 AND id & (63 << 31) = 0 ORDER BY id
        """)
    while let row = try rows.next() {
      let page = row[0] as Int64
      if firstPages[page >> 37] == nil { firstPages[page >> 37] = page }
      // Bytes 2 and 3 of a page are the length of its text. A list of the terms follows the text.
      let textEnd = (row[2] as Data).reduce(0) { $0 << 8 | Int($1) }
      if row[1] as Int > textEnd { pages.insert(page) }
    }
    var entries: Set<Int64> = []
    let entered = try Int64.fetchCursor(
      database, sql: "SELECT coalesce((segid << 37) + (pgno >> 1), -1) FROM search_index_idx")
    while let page = try entered.next() {
      if page >= firstPages[page >> 37, default: .min] { entries.insert(page) }
    }
    guard entries == pages else { return "its table of pages is wrong" }
    return nil
  }

  /// Returns the number of entries that the index records; nil if it has no record.
  ///
  /// It is the first number in row 1 of the data of the index.
  static func recordedTotal(in database: Database) throws -> Int64? {
    try Data.fetchOne(database, sql: "SELECT block FROM search_index_data WHERE id = 1")
      .map(firstNumber)
  }

  /// Returns the first number in bytes, in SQLite's variable-length format.
  ///
  /// Each byte has seven bits of the number, the high bits first. If there are no bytes, the number
  /// is 0.
  private static func firstNumber(of bytes: Data) -> Int64 {
    var number: Int64 = 0
    for byte in bytes.prefix(8) {
      number = number << 7 | Int64(byte & 0x7F)
      if byte < 0x80 { break }
    }
    return number
  }
}
