internal import GRDB

/// The step from version 3 of the schema to version 4.
enum SchemaVersion4 {
  static let steps: [Migrations.Step] = [addRemotes]

  /// Adds the data about remotes, and the tables that count changes for them.
  @Sendable static func addRemotes(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        CREATE TABLE remote (
          -- A place that this library pushes to and pulls from. It holds no keys.
          name TEXT PRIMARY KEY,
          url TEXT NOT NULL,
          id TEXT,                          -- of format.json; NULL: never contacted
          pushed_version INTEGER NOT NULL DEFAULT -1, -- the last change that was pushed, with …
          pushed_generation INTEGER NOT NULL DEFAULT 0, -- … the last generation of that version
          pushed_field INTEGER NOT NULL DEFAULT -1, -- the last change of library_edit that was pushed
          pending_counter INTEGER           -- of the segment that is being written; NULL: none
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE remote_progress (
          -- What was read from a remote, and for this library what was written.
          remote TEXT NOT NULL REFERENCES remote(name) ON DELETE CASCADE,
          library TEXT NOT NULL,            -- 32 hexadecimal digits
          counter INTEGER NOT NULL,         -- of the last segment
          head TEXT,                        -- the version of the library's head that was read
          PRIMARY KEY (remote, library)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE remote_image (
          -- Image files that a remote has.
          sha256 BLOB NOT NULL,
          remote TEXT NOT NULL REFERENCES remote(name) ON DELETE CASCADE,
          PRIMARY KEY (sha256, remote)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE change_clock (
          -- One row. Counts changes while the library has a remote.
          version INTEGER NOT NULL,
          is_merging INTEGER NOT NULL       -- 1: what a pull changes is not counted
        ) STRICT;

        CREATE TABLE changed_generation (
          -- The version of the last change of each generation. Triggers write it while there is a remote.
          id INTEGER PRIMARY KEY,
          version INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX changed_generation_version ON changed_generation(version, id);

        CREATE TABLE changed_field (
          -- The same for tags, collections, saved searches and permanent deletions.
          field TEXT PRIMARY KEY,
          version INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """)
  }
}
