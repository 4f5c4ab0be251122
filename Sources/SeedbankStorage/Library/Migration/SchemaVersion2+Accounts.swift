internal import GRDB

extension SchemaVersion2 {
  /// Records whose key sent a request, and finds groups that lack images.
  @Sendable static func addAccounts(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        ALTER TABLE generation ADD COLUMN account TEXT;
        CREATE INDEX generation_partial ON generation(id)
          WHERE status = 'complete' AND error_code IS NOT NULL;
        """)
  }
}
