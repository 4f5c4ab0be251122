internal import GRDB

extension SchemaVersion2 {
  /// Gives the library its identity; unsent work that is in it becomes its own.
  ///
  /// A backup holds its work: the library that it was made of owns it.
  @Sendable static func addOwnership(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        CREATE TABLE library (
          -- One row: which library this is, and the file in its folder that shows that it is no copy.
          id BLOB NOT NULL,                 -- 16 random bytes; a copy that records work takes a new id
          inode INTEGER,                    -- of owner/mark; NULL: this catalog has no folder of its own
          birth INTEGER,                    -- when owner/mark was made, in nanoseconds since 1970
          volume BLOB,                      -- UUID of its file system; NULL: not known
          file_system INTEGER,              -- f_fsid of statfs(2); 0: not known
          folder_inode INTEGER,             -- of the library's folder
          submits INTEGER NOT NULL DEFAULT 0 -- requests marked as sent; owner/sent-N may not be ahead
        ) STRICT;
        ALTER TABLE generation ADD COLUMN owner BLOB;
        ALTER TABLE generation ADD COLUMN owned_at INTEGER;
        INSERT INTO library(id) VALUES (randomblob(16));
        """)
    guard !folder.isBackup else { return }
    try FolderMark(folder).ensure()
    try FolderMark(folder).record(in: database)
    try database.execute(
      sql: """
        UPDATE generation SET owner = (SELECT id FROM library)
        WHERE status <> 'complete' AND status <> 'failed'
        """)
  }
}
