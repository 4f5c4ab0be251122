internal import GRDB

/// Which version of the schema a catalog has, and the frozen steps from each version to the next.
enum Migrations {
  /// 'Seed' in ASCII: what `PRAGMA application_id` and the `file` command know a library by.
  static let applicationID = 0x5365_6564
  static let currentVersion = 1

  /// SQL that brings version n to n + 1, at index n - 1; never edited once released.
  private static let steps: [String] = []

  /// Writes `schema.sql` into an empty database.
  static func createSchema(in database: Database) throws {
    try database.execute(sql: String(decoding: PackageResources.schema_sql, as: UTF8.self))
    try database.execute(
      sql: """
        INSERT INTO search_state(rules) VALUES (\(SearchIndex.rules));
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(currentVersion);
        """)
  }

  /// Refuses what is no library or too new; carries an older catalog to today's version in one
  /// transaction, unless it is opened for reading and already there.
  static func bringUpToDate(_ library: Library, readOnly: Bool) throws {
    let (identity, version) = try library.queue.read { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      )
    }
    let path = library.folder.catalog
    guard identity == applicationID, version > 0 else { throw LibraryError.notALibrary(path: path) }
    guard version <= currentVersion else {
      throw LibraryError.newerSchema(path: path, found: version, supported: currentVersion)
    }
    guard version < currentVersion else { return }
    guard !readOnly else {
      try migrateThroughWriter(library.folder)
      return
    }
    try library.write { database in
      for step in steps[(version - 1)...] { try database.execute(sql: step) }
      try database.execute(sql: "PRAGMA user_version = \(currentVersion)")
    }
  }

  private static func migrateThroughWriter(_ folder: LibraryFolder) throws {
    _ = try Library.open(folder, for: .writing)
  }
}
