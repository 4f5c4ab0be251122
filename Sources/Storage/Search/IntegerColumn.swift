internal import GRDB
internal import GRDBSQLite

/// Reads the integers of a statement with one column.
///
/// Where they come by the hundred thousand, GRDB's care for each row would take most of the time.
enum IntegerColumn {
  static func forEach(
    _ query: SQLFragment, in database: Database, _ body: (Int64) -> Void
  ) throws {
    let statement = try database.cachedStatement(sql: query.sql)
    try statement.setArguments(StatementArguments(query.arguments))
    let handle = statement.sqliteStatement
    sqlite3_reset(handle)
    defer { sqlite3_reset(handle) }
    var code = sqlite3_step(handle)
    while code == SQLITE_ROW {
      body(sqlite3_column_int64(handle, 0))
      code = sqlite3_step(handle)
    }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
  }
}
