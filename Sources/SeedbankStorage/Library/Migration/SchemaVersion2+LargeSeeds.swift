internal import GRDB

extension SchemaVersion2 {
  /// Adds a column for seeds from 2⁶³ on.
  ///
  /// Its index holds only those, and the index of the others stays as it is.
  @Sendable static func addLargeSeeds(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        ALTER TABLE generation ADD COLUMN seed_high INTEGER;
        CREATE INDEX generation_seed_high ON generation(seed_high) WHERE seed_high IS NOT NULL;
        """)
  }
}
