internal import GRDB

extension Library {
  /// The library's remotes, by name.
  ///
  /// - Throws: `LibraryError`.
  public func remotes() throws -> [Remote] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM remote ORDER BY name").map(Remote.init)
    }
  }

  /// Adds a remote, and counts changes from now on.
  ///
  /// - Parameter rehearsing: whether to check if it can be added, and change nothing.
  /// - Throws: `RemoteNameError`, `LibraryError`.
  public func addRemote(_ name: String, url: String, rehearsing: Bool = false) throws {
    guard Remote.isName(name) else { throw RemoteNameError.badName(name) }
    try write(rehearsing: rehearsing) { database in
      try database.execute(
        sql: "INSERT INTO remote(name, url) VALUES (?, ?) ON CONFLICT DO NOTHING",
        arguments: [name, url])
      guard database.changesCount == 1 else { throw RemoteNameError.exists(name) }
      try ChangeTracking.start(database)
    }
  }

  /// Forgets a remote.
  ///
  /// Nothing is removed from the remote itself.
  ///
  /// - Throws: `RemoteNameError`, `LibraryError`.
  public func removeRemote(_ name: String) throws {
    try write { database in
      try database.execute(sql: "DELETE FROM remote WHERE name = ?", arguments: [name])
      guard database.changesCount == 1 else { throw RemoteNameError.unknown(name) }
      let rest = try Int.fetchOne(database, sql: "SELECT count(*) FROM remote")
      if rest == 0 { try ChangeTracking.stop(database) }
    }
  }

  /// Notes which remote is at an address.
  ///
  /// If it is another one than before, all progress is forgotten: the new one has nothing of this
  /// library. But the counters that this library has used are not used again: otherwise it would take its own
  /// segments on the remote for those of a later state of itself, and hold its unfinished work.
  package func note(remoteID id: String, of name: String) throws {
    try write { database in
      let known = try String.fetchOne(
        database, sql: "SELECT id FROM remote WHERE name = ?", arguments: [name])
      if known == id { return }
      if known != nil {
        try database.execute(
          sql: """
            UPDATE remote SET pushed_version = -1, pushed_generation = 0, pushed_field = -1,
              pending_counter = nullif(
                max(
                  coalesce(pending_counter, 0),
                  coalesce(
                    (
                      SELECT counter FROM remote_progress
                      WHERE remote = :name AND library = (SELECT lower(hex(id)) FROM library)
                    ), 0)), 0)
              WHERE name = :name;
            DELETE FROM remote_progress WHERE remote = :name;
            DELETE FROM remote_image WHERE remote = :name;
            """, arguments: ["name": name])
        // Changes from the old remote were not counted.
        try ChangeTracking.start(database)
      }
      try database.execute(
        sql: "UPDATE remote SET id = ? WHERE name = ?", arguments: [id, name])
    }
  }

  /// The progress with each library that writes to a remote, by the library's id.
  package func progress(with remote: String) throws -> [String: RemoteProgress] {
    try read { try Self.progress(with: remote, in: $0) }
  }

  static func progress(
    with remote: String, in database: Database
  ) throws -> [String: RemoteProgress] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT library, counter, head FROM remote_progress WHERE remote = ?",
      arguments: [remote])
    return Dictionary(
      rows.map { ($0[0], RemoteProgress(counter: $0[1], head: $0[2])) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The progress of this library's own segments on a remote, and the highest counter that it has used, also for
  /// a segment that was never finished.
  ///
  /// - Parameter writer: the library's id.
  package func ownProgress(
    of writer: String, with remote: String
  ) throws -> (progress: RemoteProgress, used: Int64) {
    // In one transaction: the end of a segment's push changes both.
    try read { database in
      let progress = try Self.progress(with: remote, in: database)[writer] ?? RemoteProgress()
      let pending = try Int64.fetchOne(
        database, sql: "SELECT pending_counter FROM remote WHERE name = ?", arguments: [remote])
      return (progress, max(progress.counter, pending ?? 0))
    }
  }

  /// Notes how far the segments of a library were read or written.
  ///
  /// A counter never becomes lower: another process may be further.
  package func note(_ progress: RemoteProgress, of library: String, with remote: String) throws {
    try write { try Self.note(progress, of: library, with: remote, in: $0) }
  }

  static func note(
    _ progress: RemoteProgress, of library: String, with remote: String, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO remote_progress(remote, library, counter, head) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET counter = max(counter, excluded.counter), head = excluded.head
        """, arguments: [remote, library, progress.counter, progress.head])
  }

  /// Makes the next push send all records again, because a segment of this library is damaged.
  package func repeatPush(to remote: String) throws {
    try write { database in
      try database.execute(
        sql: """
          UPDATE remote SET pushed_version = ?, pushed_generation = 0, pushed_field = -1
          WHERE name = ?
          """, arguments: [PushCursor.restartVersion, remote])
      // Changes from the remote were not counted, and are not in a segment of this library.
      try ChangeTracking.start(database)
    }
  }

  /// Makes the next pull read the new segments of a library whatever its head says, and the next push
  /// write its head if it is not up to date.
  package func repeatHead(of library: String, on remote: String) throws {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO remote_progress(remote, library, counter) VALUES (?, ?, 0)
          ON CONFLICT DO UPDATE SET head = NULL
          """, arguments: [remote, library])
    }
  }

  /// Does the same as ``repeatHead(of:on:)`` for the id that the library gives up, on all its remotes.
  ///
  /// A push under this id may have written a segment and no head, and no library has the id any more.
  static func repeatOwnHeads(in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO remote_progress(remote, library, counter)
        SELECT remote.name, lower(hex(library.id)), 0 FROM remote JOIN library WHERE true
        ON CONFLICT DO UPDATE SET head = NULL
        """)
  }

  /// The id under which the library writes to remotes.
  ///
  /// A copy of a library takes a new id first.
  ///
  /// - Parameter used: an id that a later state of the library has used. If it is still the present one, a new
  ///   one is taken.
  package func writerID(replacing used: String? = nil) throws -> String {
    try write { database in
      if let used, try Ownership.libraryID(in: database)?.description == used {
        try FolderMark.forget(in: database)
      }
      return try Ownership.settle(folder, in: database).description
    }
  }

  /// The id of the library in any folder.
  package func libraryID() throws -> String? {
    try read { try Ownership.libraryID(in: $0)?.description }
  }
}

extension Remote {
  init(_ row: Row) {
    self.init(name: row["name"], url: row["url"], id: row["id"])
  }
}
