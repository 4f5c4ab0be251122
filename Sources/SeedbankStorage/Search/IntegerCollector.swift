internal import GRDB
internal import GRDBSQLite

/// The SQL aggregate function `collect_integer(?, INTEGER)`, which appends the integer of each row to
/// an array.
///
/// A search may find hundreds of thousands of ids. The aggregate avoids a return from SQLite for each
/// of them. An id takes 8 bytes.
enum IntegerCollector {
  private static let function = PointerFunction(
    name: "collect_integer", arguments: 2, type: "integer_collector")

  /// Adds the function to a connection.
  static func register(in database: Database) throws {
    try function.register(in: database) { _, _, values in
      guard let values else { return }
      IntegerCollector.function.target(of: values, as: [Int64].self)?
        .pointee.append(sqlite3_value_int64(values[1]))
    }
  }

  /// Calls `body` with the id of each match of a plan, in no particular order.
  static func forEachID(
    of plan: SearchPlan, in database: Database, _ body: (Int64) -> Void
  ) throws {
    guard !plan.isEmpty else { return }
    let query = plan.selection("collect_integer(?, \(plan.id))")
    let statement = try database.cachedStatement(sql: query.sql)
    try statement.setArguments(StatementArguments([.null] + query.arguments))
    sqlite3_reset(statement.sqliteStatement)
    var ids: [Int64] = []
    try function.run(statement, addingTo: &ids, in: database)
    for id in ids { body(id) }
  }
}
