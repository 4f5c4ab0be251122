internal import GRDB

/// The frozen steps from each version of the schema to the next.
struct Migrations: Sendable {
  /// Changes a catalog, and the folder around it, within the transaction of the migration.
  typealias Step = @Sendable (Database, LibraryFolder) throws -> Void

  /// "Seed" in ASCII: `PRAGMA application_id` of a library, and what the `file` command shows.
  static let applicationID = 0x5365_6564

  /// All steps that this version of Seedbank knows.
  static let all = Migrations([
    SchemaVersion2.steps, SchemaVersion3.steps, SchemaVersion4.steps, SchemaVersion5.steps,
    SchemaVersion6.steps,
  ])

  /// The steps from version n to n + 1, in order, at index n - 1.
  ///
  /// Steps are never edited once released.
  private let versions: [[Step]]

  init(_ versions: [[Step]]) { self.versions = versions }

  var currentVersion: Int { versions.count + 1 }

  /// Writes `schema.sql` into an empty database.
  func createSchema(in database: Database) throws {
    try database.execute(sql: CatalogSchema.text)
    try database.execute(
      sql: """
        INSERT INTO search_state(rules) VALUES (\(SearchIndex.rules));
        PRAGMA application_id = \(Self.applicationID);
        PRAGMA user_version = \(currentVersion);
        """)
  }

  /// Returns whether the catalog has an older schema, and refuses a newer one or another program's.
  ///
  /// - Throws: `LibraryError`.
  func areNeeded(by library: Library) throws -> Bool {
    let path = library.folder.catalog
    let version = try library.queue.read { database in
      let identity = try Int.fetchOne(database, sql: "PRAGMA application_id")
      guard identity == Self.applicationID else { throw LibraryError.notALibrary(path: path) }
      return try Self.version(of: database)
    }
    guard version > 0 else { throw LibraryError.notALibrary(path: path) }
    guard version <= currentVersion else {
      throw LibraryError.newerSchema(path: path, found: version, supported: currentVersion)
    }
    return version < currentVersion
  }

  /// Brings the catalog to the current version in one transaction: either all steps or none.
  ///
  /// A step cannot drop a damaged table of facets, but it makes the table anew, so then the schema forgets
  /// the damaged one. A repair finds its pages.
  func run(on library: Library) throws {
    do {
      try library.write { try run(in: $0, library.folder) }
    } catch LibraryError.indexDamaged {
      try library.write { database in
        try DerivedTables.forget(["facet"], in: database)
        try run(in: database, library.folder)
      }
    }
  }

  private func run(in database: Database, _ folder: LibraryFolder) throws {
    // Another process may have migrated it meanwhile.
    let version = try Self.version(of: database)
    for step in versions[max(version - 1, 0)...].joined() { try step(database, folder) }
    try database.execute(sql: "PRAGMA user_version = \(currentVersion)")
  }

  private static func version(of database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
  }
}
