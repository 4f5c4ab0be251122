internal import GRDB
internal import GRDBSQLite

/// The SQL aggregate function `collect_integer(?, INTEGER)`, which appends the integer of each row to
/// an array.
///
/// A search may find hundreds of thousands of ids. The aggregate avoids a return from SQLite for each
/// of them. An id takes 8 bytes.
enum IntegerCollector {
  /// The name of the pointer type; a constant, because SQLite keeps its address.
  private static let type: StaticString = "integer_collector"

  /// Adds the function to a connection.
  static func register(in database: Database) throws {
    let code = sqlite3_create_function_v2(
      database.sqliteConnection, "collect_integer", 2, SQLITE_UTF8, nil, nil,
      { _, _, values in
        guard let values else { return }
        IntegerCollector.typeName { type in
          sqlite3_value_pointer(values[0], type)?.assumingMemoryBound(to: [Int64].self)
            .pointee.append(sqlite3_value_int64(values[1]))
        }
      }, { _ in }, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// Calls `body` with the id of each match of a plan, in no particular order.
  static func forEachID(
    of plan: SearchPlan, in database: Database, _ body: (Int64) -> Void
  ) throws {
    guard !plan.isEmpty else { return }
    let query = plan.selection("collect_integer(?, \(plan.id))")
    let statement = try database.cachedStatement(sql: query.sql)
    try statement.setArguments(StatementArguments([.null] + query.arguments))
    let handle = statement.sqliteStatement
    sqlite3_reset(handle)
    var ids: [Int64] = []
    let code = withUnsafeMutablePointer(to: &ids) { ids in
      typeName { type in
        sqlite3_bind_pointer(handle, 1, ids, type, nil)
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        sqlite3_bind_null(handle, 1)
        return code
      }
    }
    guard code == SQLITE_ROW else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage, sql: query.sql)
    }
    for id in ids { body(id) }
  }

  private static func typeName<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    type.utf8Start.withMemoryRebound(to: CChar.self, capacity: type.utf8CodeUnitCount + 1, body)
  }
}
