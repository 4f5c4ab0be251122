internal import GRDB
internal import GRDBSQLite
import SeedbankQuery

/// The statements that change the index, with their bytes bound without conversion.
///
/// A bulk restore runs one for each row. Creating a `String` for each column and binding it with
/// GRDB would take longer than folding the text.
enum IndexStatement: String {
  case insert = """
    INSERT INTO search_index(rowid, prompt, note, tag, facet) VALUES (?, ?, ?, ?, ?)
    """
  /// An FTS5 table without content can delete an entry only with the exact text of the entry.
  case delete = """
    INSERT INTO search_index(search_index, rowid, prompt, note, tag, facet)
    VALUES ('delete', ?, ?, ?, ?, ?)
    """

  func execute(_ id: Int64, _ text: IndexedText, in database: Database) throws {
    try Self.execute(database.cachedStatement(sql: rawValue), id, text)
  }

  static func execute(_ statement: Statement, _ id: Int64, _ text: IndexedText) throws {
    let handle = statement.sqliteStatement
    sqlite3_bind_int64(handle, 1, id)
    for (index, column) in text.columns.enumerated() {
      column.withUnsafeBytes { bytes in
        let start = bytes.bindMemory(to: CChar.self).baseAddress
        // An empty array has no address, and a null address would bind NULL.
        if let start {
          sqlite3_bind_text(handle, Int32(index + 2), start, Int32(bytes.count), copied)
        } else {
          sqlite3_bind_text(handle, Int32(index + 2), "", 0, copied)
        }
      }
    }
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else {
      let message = sqlite3_db_handle(handle).map { String(cString: sqlite3_errmsg($0)) }
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
  }

  /// The macro SQLITE_TRANSIENT, which Swift does not import; it makes SQLite copy the value.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}
