internal import GRDB
internal import GRDBSQLite
import SeedbankModel

/// A statement whose parameters are bound one after the other, straight into SQLite.
///
/// A restore runs several for each line, and an edit for each generation: GRDB's arguments, an array of
/// boxes each, took longer than SQLite's own work on the row.
struct BoundStatement {
  private let statement: Statement
  private let handle: OpaquePointer
  private var index: Int32 = 0

  init(_ sql: String, in database: Database) throws {
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// A statement that the connection prepares once and keeps.
  init(cached sql: String, in database: Database) throws {
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
    sqlite3_reset(handle)
  }

  mutating func bind(_ number: Int64?) {
    index += 1
    if let number { sqlite3_bind_int64(handle, index, number) } else { bindNull() }
  }

  mutating func bind(_ number: Int?) { bind(number.map { Int64($0) }) }
  mutating func bind(_ flag: Bool?) { bind(flag.map { $0 ? Int64(1) : 0 }) }
  mutating func bind(_ time: Timestamp?) { bind(time?.milliseconds) }

  mutating func bind(_ number: Double?) {
    index += 1
    if let number { sqlite3_bind_double(handle, index, number) } else { bindNull() }
  }

  mutating func bind(_ text: String?) {
    index += 1
    guard var text else { return bindNull() }
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // Nothing to point at would bind NULL.
        guard let base = characters.baseAddress else {
          sqlite3_bind_text(handle, index, "", 0, Self.copied)
          return
        }
        sqlite3_bind_text(handle, index, base, Int32(characters.count), Self.copied)
      }
    }
  }

  mutating func bind(blob: [UInt8]?) {
    index += 1
    guard let blob else { return bindNull() }
    if blob.isEmpty {
      sqlite3_bind_zeroblob(handle, index, 0)
    } else {
      sqlite3_bind_blob(handle, index, blob, Int32(blob.count), Self.copied)
    }
  }

  /// Binds text that SQLite reads where it is, so it must stay there until the statement has run.
  mutating func bind(textInPlace text: UnsafeRawBufferPointer) {
    index += 1
    guard let start = text.bindMemory(to: CChar.self).baseAddress, !text.isEmpty else {
      sqlite3_bind_text(handle, index, "", 0, Self.copied)
      return
    }
    sqlite3_bind_text(handle, index, start, Int32(text.count), nil)
  }

  /// Binds bytes that SQLite reads where they are, so they must stay there until the statement has run.
  mutating func bind(blobInPlace bytes: UnsafeRawBufferPointer) {
    index += 1
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      sqlite3_bind_zeroblob(handle, index, 0)
      return
    }
    sqlite3_bind_blob(handle, index, start, Int32(bytes.count), nil)
  }

  mutating func bind(_ value: ColumnValue) {
    switch value {
    case .null: bind(nil as Int64?)
    case .integer(let number): bind(number)
    case .real(let number): bind(number)
    case .text(let text): bind(text)
    case .blob(let bytes): bind(blob: bytes)
    }
  }

  /// Runs it to its end; returns how many rows it changed.
  @discardableResult
  mutating func run() throws -> Int32 {
    defer { reset() }
    let code = sqlite3_step(handle)
    guard code == SQLITE_DONE else { throw failure(code) }
    return sqlite3_changes(sqlite3_db_handle(handle))
  }

  /// The integer in the first column of the first row; nil for NULL or if no row was found.
  mutating func integer() throws -> Int64? {
    defer { reset() }
    switch sqlite3_step(handle) {
    case SQLITE_ROW:
      return sqlite3_column_type(handle, 0) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, 0)
    case SQLITE_DONE: return nil
    case let code: throw failure(code)
    }
  }

  var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(sqlite3_db_handle(handle)) }

  private func bindNull() { sqlite3_bind_null(handle, index) }

  private mutating func reset() {
    sqlite3_reset(handle)
    index = 0
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: sqlite3_db_handle(handle).map { String(cString: sqlite3_errmsg($0)) })
  }

  /// SQLITE_TRANSIENT, a macro that Swift does not import: SQLite takes a copy.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

extension Database {
  /// Runs a statement that the connection keeps; returns how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ arguments: ColumnValue...) throws -> Int32 {
    var statement = try BoundStatement(cached: sql, in: self)
    for argument in arguments { statement.bind(argument) }
    return try statement.run()
  }

  /// The first column of the first row of a statement that the connection keeps; nil if there is no row,
  /// or NULL in it.
  func integer(_ sql: String, _ arguments: ColumnValue...) throws -> Int64? {
    var statement = try BoundStatement(cached: sql, in: self)
    for argument in arguments { statement.bind(argument) }
    return try statement.integer()
  }
}
