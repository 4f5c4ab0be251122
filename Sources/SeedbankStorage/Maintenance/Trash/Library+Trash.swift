import FilePaths
import FoundationEssentials
internal import GRDB
public import SeedbankModel

/// What emptying the trash deletes, or deleted, permanently.
public struct TrashPlan: Hashable, Sendable {
  /// Number of generations.
  public let generations: Int
  /// The number of image files that only generations in the trash use.
  public let files: Int
  /// Their size on the disk in bytes.
  public let bytes: Int64
  /// The number of images of these generations whose files stay, because other generations have the
  /// same bytes.
  public let sharedFiles: Int
  /// The number of generations whose request is running.
  ///
  /// They stay in the trash unless it is forced.
  public let running: Int
}

extension Library {
  /// Returns those of some generations that are in the trash.
  public func trashed(among ids: [GenerationID]) throws -> [GenerationID] {
    try read { database in
      try Int64.fetchAll(
        database,
        sql: """
          SELECT g.id FROM json_each(?) AS wanted CROSS JOIN generation AS g ON g.id = wanted.value
          WHERE g.trashed_at IS NOT NULL
          """, arguments: [JSONList.text(ids.map(\.rawValue))]
      ).map { GenerationID($0) }
    }
  }

  /// Returns the ids in the trash, the most recently deleted first.
  public func trash(limit: Int) throws -> [GenerationID] {
    try read { database in
      try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM generation WHERE trashed_at IS NOT NULL
          ORDER BY trashed_at DESC, id DESC LIMIT ?
          """, arguments: [limit]
      ).map { GenerationID($0) }
    }
  }

  /// Returns when the newest generation in the trash was moved there; nil if the trash is empty.
  ///
  /// The time can be later than this computer's clock: it may come from the clock of another library.
  public func newestInTrash() throws -> Timestamp? {
    try read { database in
      try Int64.fetchOne(
        database, sql: "SELECT max(trashed_at) FROM generation WHERE trashed_at IS NOT NULL"
      ).map(Timestamp.init(milliseconds:))
    }
  }

  /// Returns what emptying the trash would delete.
  ///
  /// - Parameters:
  ///   - until: only generations that were moved to the trash at this time or before.
  ///   - removesRunning: whether generations with a running request are deleted too.
  public func trashPlan(
    until: Timestamp? = nil, removesRunning: Bool = false
  ) throws -> TrashPlan {
    try read { try Trash(until: until, removesRunning: removesRunning).plan(in: $0) }
  }

  /// Deletes the generations in the trash permanently.
  ///
  /// Rows are deleted first, then files. After an interruption, files without rows can be left,
  /// which `check` names, but never rows without files. Each generation leaves a time stamp of its
  /// deletion, so that a merge does not add it again.
  ///
  /// - Parameters:
  ///   - until: only generations that were moved to the trash at this time or before.
  ///   - removesRunning: whether generations with a running request are deleted too.
  ///   - expected: the plan that a person has seen; with another one, nothing is deleted. Nil: any.
  /// - Throws: `EditError.trashChanged`, `LibraryError`. The data in the plan is deleted only when this
  ///   returns.
  @discardableResult
  public func emptyTrash(
    until: Timestamp? = nil, removesRunning: Bool = false, expecting expected: TrashPlan? = nil,
    at now: Timestamp
  ) throws -> TrashPlan {
    let trash = Trash(until: until, removesRunning: removesRunning)
    // The same bytes may be on their way in again, for another generation.
    let claim = try claimStore(for: .judging)
    defer { withExtendedLifetime(claim) {} }
    let (plan, files) = try write { database in
      let plan = try trash.plan(in: database)
      if let expected, plan != expected { throw EditError.trashChanged }
      let files = try trash.unsharedFiles(in: database)
      try trash.removeRows(at: now, in: database)
      // A prune may remove them from a remote. If the same bytes are added again, they are sent again.
      for file in files {
        try database.run("DELETE FROM remote_image WHERE sha256 = ?", .blob(file.digest.bytes))
      }
      return (plan, files)
    }
    onStep(.trashRowsRemoved)
    for file in files {
      // Another process may just have recorded the same bytes; then a row needs the file again.
      let isNeeded = try read { database in
        try Bool.fetchOne(
          database.cachedStatement(
            sql: """
              SELECT EXISTS (SELECT 1 FROM image WHERE sha256 = :digest)
                OR EXISTS (SELECT 1 FROM reference_image WHERE sha256 = :digest)
              """),
          arguments: ["digest": file.digest.bytes.data]) ?? true
      }
      if !isNeeded { try folder.removeImageFile(file.digest, format: file.format) }
    }
    return plan
  }
}

extension LibraryFolder {
  /// Removes an image file and its derived files.
  func removeImageFile(_ digest: Digest, format: String) throws {
    let path = path + "/" + Self.relativePath(of: digest, format: format)
    FileSystem.removeIfPresent(path)
    guard !FileSystem.exists(path) else { throw FileSystem.failure("remove", path) }
    // Thumbnails carry the first digits of the digest in their names, and can be made again.
    let shard = thumbnails + "/" + digest.hex.prefix(2)
    guard shard.isFolder else { return }
    for name in try FileSystem.names(in: shard) where name.hasPrefix(digest.hex.prefix(24)) {
      FileSystem.removeIfPresent(shard + "/" + name)
    }
  }
}
