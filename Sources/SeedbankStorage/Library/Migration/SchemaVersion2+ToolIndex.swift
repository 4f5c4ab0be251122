internal import GRDB

extension SchemaVersion2 {
  /// Adds an index of the tools that imported images come from, for searches by tool.
  @Sendable static func addToolIndex(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(sql: "CREATE INDEX provenance_tool ON provenance(tool)")
  }
}
