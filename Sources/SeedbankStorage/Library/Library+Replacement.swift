internal import GRDB
internal import GRDBSQLite

extension Library {
  /// Whether its catalog is not the file at the path of the catalog, because the library was deleted,
  /// moved or replaced.
  ///
  /// What this connection reads is then old, and what it writes would be lost. SQLite looks at the file
  /// without opening it, because closing it again would remove the locks of all connections of the process.
  package var isReplaced: Bool {
    queue.inDatabase { database in
      var hasMoved: Int32 = 0
      let code = sqlite3_file_control(
        database.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
      return code == SQLITE_OK && hasMoved != 0
    }
  }
}
