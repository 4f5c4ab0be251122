import FoundationEssentials
internal import GRDB

/// What emptying the trash takes, or took, away for good.
public struct TrashPlan: Hashable, Sendable {
  public let generations: Int
  /// Image files that no generation outside of the trash needs.
  public let files: Int
  /// What they take on the disk.
  public let bytes: Int64
  /// Images of trashed generations whose files stay, since others have the same bytes.
  public let sharedFiles: Int
}

extension Library {
  /// Ids in the trash, latest deleted first.
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

  /// What emptying the trash would take away.
  ///
  /// - Parameter until: only what was deleted at that time or before.
  public func trashPlan(until: Timestamp? = nil) throws -> TrashPlan {
    try read { try Trash(until: until).plan(in: $0) }
  }

  /// Empties the trash for good.
  ///
  /// Rows go first, then files: stopped in between, files are left over that `check` names, never
  /// rows that speak of files which are gone.
  /// - Throws: `LibraryError`; what the returned plan names is gone only when it returns.
  @discardableResult
  public func emptyTrash(until: Timestamp? = nil) throws -> TrashPlan {
    let trash = Trash(until: until)
    let (plan, images) = try write { database in
      let plan = try trash.plan(in: database)
      let images = try trash.unsharedImages(in: database)
      try trash.removeRows(in: database)
      return (plan, images)
    }
    onStep(.trashRowsRemoved)
    for image in images {
      // Another process may just have recorded the same bytes; then a row needs the file again.
      let isNeeded = try read { database in
        try Bool.fetchOne(
          database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM image WHERE sha256 = ?)"),
          arguments: [image.digest.bytes.data]) ?? true
      }
      if !isNeeded { try folder.removeImageFile(image.digest, format: image.format) }
    }
    return plan
  }
}

/// What lies in the trash, as SQL.
struct Trash {
  /// Milliseconds.
  private let until: Int64

  init(until: Timestamp?) { self.until = until?.milliseconds ?? .max }

  /// An image file is as many rows as generations have it; it goes when the last of them does.
  private static let unshared = """
    FROM image AS i JOIN generation AS g ON g.id = i.generation_id
    WHERE g.trashed_at <= :until AND NOT EXISTS (
      SELECT 1 FROM image AS other JOIN generation AS owner ON owner.id = other.generation_id
      WHERE other.sha256 = i.sha256
        AND (owner.trashed_at IS NULL OR owner.trashed_at > :until))
    """

  func plan(in database: Database) throws -> TrashPlan {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT
          (SELECT count(*) FROM generation WHERE trashed_at <= :until),
          (SELECT count(DISTINCT sha256) \(Self.unshared)),
          (SELECT total(bytes) FROM (SELECT DISTINCT i.sha256, i.bytes \(Self.unshared))),
          (SELECT count(DISTINCT i.sha256) FROM image AS i
            JOIN generation AS g ON g.id = i.generation_id WHERE g.trashed_at <= :until)
        """, arguments: ["until": until])
    let files: Int = row?[1] ?? 0
    return TrashPlan(
      generations: row?[0] ?? 0, files: files, bytes: row?[2] ?? 0,
      sharedFiles: (row?[3] ?? 0) - files)
  }

  func unsharedImages(in database: Database) throws -> [CataloguedImage] {
    try Row.fetchAll(
      database, sql: "SELECT i.* \(Self.unshared) GROUP BY i.sha256, i.format",
      arguments: ["until": until]
    ).compactMap(ImageTable.image)
  }

  func removeRows(in database: Database) throws {
    // Prompts stay where others have the same text; those without any use go too.
    try database.execute(
      sql: "CREATE TEMP TABLE emptied AS SELECT prompt_id FROM generation WHERE trashed_at <= ?",
      arguments: [until])
    try database.execute(
      sql: "DELETE FROM generation WHERE trashed_at <= ?", arguments: [until])
    try database.execute(
      sql: """
        DELETE FROM prompt WHERE id IN (SELECT prompt_id FROM temp.emptied)
          AND NOT EXISTS (SELECT 1 FROM generation WHERE prompt_id = prompt.id);
        DROP TABLE temp.emptied;
        """)
  }
}

extension LibraryFolder {
  /// Removes an image file and what is derived from it.
  func removeImageFile(_ digest: Digest, format: String) throws {
    let path = path + "/" + Self.relativePath(of: digest, format: format)
    FileSystem.removeIfPresent(path)
    guard !FileSystem.exists(path) else { throw FileSystem.failure("remove", path) }
    // Thumbnails carry the first digits of the digest in their names, and can be made again.
    let pile = thumbnails + "/" + digest.hex.prefix(2)
    for name in try FileSystem.names(in: pile) where name.hasPrefix(digest.hex.prefix(24)) {
      FileSystem.removeIfPresent(pile + "/" + name)
    }
  }
}
