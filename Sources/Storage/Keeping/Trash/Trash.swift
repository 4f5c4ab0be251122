internal import GRDB

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

  func removeRows(at now: Timestamp, in database: Database) throws {
    try Erasures.stamp(trashedUntil: until, at: now, in: database)
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
