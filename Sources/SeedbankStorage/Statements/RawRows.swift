internal import GRDB
internal import GRDBSQLite

/// The rows of a statement, one at a time, read directly from SQLite.
///
/// For hundreds of thousands of rows, GRDB's work for each row would take most of the time.
struct RawRows: ~Copyable {
  private let statement: Statement
  private let handle: OpaquePointer
  private let database: Database

  /// - Parameter sql: one statement, which the connection keeps. No other rows of it may be read before
  ///   this value is gone.
  init(_ sql: String, _ arguments: ColumnValue..., in database: Database) throws {
    self.database = database
    var bound = try BoundStatement(cached: sql, in: database)
    for argument in arguments { bound.bind(argument) }
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// - Parameter sql: a statement that the connection does not keep, as for a table that will be dropped.
  init(once sql: String, in database: Database) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  deinit { sqlite3_reset(handle) }

  /// Moves to the next row; returns false after the last one.
  mutating func next() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage,
        sql: statement.sql)
    }
  }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// A type of value, in the order of SQLite; numbers of different types are compared by their values.
  enum Kind: Int { case null, integer, real, text, blob }

  func kind(_ column: Int32) -> Kind {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  /// NULL is 0.
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// NULL is 0.
  func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  /// The bytes of text or a blob, good until the next row; none for NULL.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    // If the address is read first, SQLite already has the length.
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  /// NULL is the empty text.
  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  /// Nil for NULL.
  func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

  /// Nil for NULL.
  func optionalReal(_ column: Int32) -> Double? { isNull(column) ? nil : real(column) }

  /// Nil for NULL.
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// A copy of the bytes; nil for NULL.
  func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : Array(bytes(column)) }
}
