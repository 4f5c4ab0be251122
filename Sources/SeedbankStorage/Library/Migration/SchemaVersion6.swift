internal import GRDB

/// The step from version 5 of the schema to version 6.
enum SchemaVersion6 {
  static let steps: [Migrations.Step] = [renameTargets]

  /// Lets a row of the history name several generations.
  ///
  /// Earlier rows name one each.
  @Sendable static func renameTargets(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(sql: "ALTER TABLE change_item RENAME COLUMN target TO targets")
  }
}
