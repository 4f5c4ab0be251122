internal import GRDB
internal import GRDBSQLite

extension Library {
  /// Returns the version of SQLite, such as "3.40.1".
  public static func sqliteVersion() -> String { String(cString: sqlite3_libversion()) }

  /// Returns the version of the catalog's format.
  ///
  /// - Throws: `LibraryError`.
  public func formatVersion() throws -> Int {
    try read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
  }
}
