internal import GRDB

extension SchemaVersion3 {
  /// Adds the images that requests refer to.
  @Sendable static func addReferences(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        CREATE TABLE reference_image (
          -- An image that the request refers to. Its file is under images/, and stays while a row refers to it.
          generation_id INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
          position INTEGER NOT NULL,        -- 1, 2, … in the request's order
          role TEXT NOT NULL,               -- 'image' or 'mask'
          sha256 BLOB NOT NULL,             -- 32 bytes
          format TEXT NOT NULL,             -- as for images
          width INTEGER NOT NULL,           -- 0: the file was stored without being decoded
          height INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          missing_since INTEGER,            -- when the file was found missing; NULL: it exists
          PRIMARY KEY (generation_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reference_image_sha256 ON reference_image(sha256);
        """)
  }
}
