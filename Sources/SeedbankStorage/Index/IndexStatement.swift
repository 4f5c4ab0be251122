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
    try execute(
      statement, id, prompt: text.prompt[...], note: text.note[...], tag: text.tag[...],
      facet: text.facet[...])
  }

  static func execute(
    _ statement: Statement, _ id: Int64, prompt: ArraySlice<UInt8>, note: ArraySlice<UInt8>,
    tag: ArraySlice<UInt8>, facet: ArraySlice<UInt8>
  ) throws {
    let handle = statement.sqliteStatement
    sqlite3_bind_int64(handle, 1, id)
    let code = prompt.withUnsafeBytes { prompt in
      note.withUnsafeBytes { note in
        tag.withUnsafeBytes { tag in
          facet.withUnsafeBytes { facet in
            bind(prompt, to: 2, of: handle)
            bind(note, to: 3, of: handle)
            bind(tag, to: 4, of: handle)
            bind(facet, to: 5, of: handle)
            let code = sqlite3_step(handle)
            sqlite3_reset(handle)
            return code
          }
        }
      }
    }
    guard code == SQLITE_DONE else {
      let message = sqlite3_db_handle(handle).map { String(cString: sqlite3_errmsg($0)) }
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
  }

  /// Binds a text that SQLite reads where it is, so it must stay there until the statement has run.
  private static func bind(
    _ text: UnsafeRawBufferPointer, to parameter: Int32, of handle: OpaquePointer
  ) {
    // FTS5 finds no tokens in NULL, as in an empty text, which needs memory.
    guard let start = text.bindMemory(to: CChar.self).baseAddress, !text.isEmpty else {
      sqlite3_bind_null(handle, parameter)
      return
    }
    sqlite3_bind_text(handle, parameter, start, Int32(text.count), nil)
  }
}
