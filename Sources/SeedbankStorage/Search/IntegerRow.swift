internal import GRDB
internal import GRDBSQLite

/// Reads the integers of the first row of a statement whose parameters are integers.
enum IntegerRow {
  /// - Returns: `columns` values. A value is nil if it is NULL or if no row was found.
  static func fetch(
    _ sql: String, _ arguments: [Int64], columns: Int, in database: Database
  ) throws -> [Int64?] {
    let handle = try database.cachedStatement(sql: sql).sqliteStatement
    sqlite3_reset(handle)
    defer { sqlite3_reset(handle) }
    for (index, argument) in arguments.enumerated() {
      sqlite3_bind_int64(handle, Int32(index + 1), argument)
    }
    switch sqlite3_step(handle) {
    case SQLITE_ROW:
      return (0..<Int32(columns)).map { column in
        sqlite3_column_type(handle, column) == SQLITE_NULL
          ? nil : sqlite3_column_int64(handle, column)
      }
    case SQLITE_DONE: return Array(repeating: nil, count: columns)
    case let code:
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
  }
}
