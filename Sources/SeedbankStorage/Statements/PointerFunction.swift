internal import GRDB
internal import GRDBSQLite

/// An SQL aggregate function that adds each row to a Swift value.
///
/// It avoids a return from SQLite for each row. The first argument of the function is a pointer to the value, which the
/// first parameter of the statement supplies.
struct PointerFunction {
  let name: String
  /// The number of arguments, with the pointer.
  let arguments: Int32
  /// The name of the pointer's type; a constant, because SQLite keeps its address.
  let type: StaticString

  /// Adds the function to a connection.
  ///
  /// - Parameter step: adds a row.
  func register(
    in database: Database,
    step: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void
  ) throws {
    let code = sqlite3_create_function_v2(
      database.sqliteConnection, name, arguments, SQLITE_UTF8, nil, nil, step, { _ in }, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// Returns the value to which a row is added.
  func target<Target>(
    of arguments: UnsafeMutablePointer<OpaquePointer?>, as _: Target.Type
  ) -> UnsafeMutablePointer<Target>? {
    withTypeName { sqlite3_value_pointer(arguments[0], $0) }?.assumingMemoryBound(to: Target.self)
  }

  /// Runs a statement whose other parameters are bound, so that it adds its rows to `target`.
  func run<Target>(
    _ statement: Statement, addingTo target: inout Target, in database: Database
  ) throws {
    let handle = statement.sqliteStatement
    var message: String?
    let code = withUnsafeMutablePointer(to: &target) { target in
      withTypeName { type in
        sqlite3_bind_pointer(handle, 1, target, type, nil)
        let code = sqlite3_step(handle)
        // The calls after this one replace it.
        if code != SQLITE_ROW { message = database.lastErrorMessage }
        sqlite3_reset(handle)
        sqlite3_bind_null(handle, 1)
        return code
      }
    }
    guard code == SQLITE_ROW else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
  }

  private func withTypeName<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    type.utf8Start.withMemoryRebound(to: CChar.self, capacity: type.utf8CodeUnitCount + 1, body)
  }
}
