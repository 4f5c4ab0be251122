internal import GRDB
import SeedbankModel

/// What emptying the trash removes, as SQL.
///
/// A generation whose request is under way stays, unless it is forced: its images may be paid for.
struct Trash {
  /// Milliseconds.
  private let until: Int64
  private let removesRunning: Bool

  init(until: Timestamp?, removesRunning: Bool = false) {
    self.until = until?.milliseconds ?? .max
    self.removesRunning = removesRunning
  }

  /// The statuses of a generation that was sent and has not come to its end.
  private static let running = "('submitting', 'pending', 'ready')"

  /// Whether the generation of that name is removed; its parameters are ``arguments``.
  static func removes(_ name: String) -> String {
    "\(name).trashed_at <= :until AND (:force OR \(name).status NOT IN \(running))"
  }

  var arguments: StatementArguments { ["until": until, "force": removesRunning] }

  /// An image file is as many rows as generations have it; it goes when the last of them does.
  private static let unshared = """
    FROM image AS i JOIN generation AS g ON g.id = i.generation_id
    WHERE \(removes("g")) AND NOT EXISTS (
      SELECT 1 FROM image AS other JOIN generation AS owner ON owner.id = other.generation_id
      WHERE other.sha256 = i.sha256
        AND (owner.trashed_at IS NULL OR NOT (\(removes("owner")))))
    """

  func plan(in database: Database) throws -> TrashPlan {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT
          (SELECT count(*) FROM generation AS g WHERE \(Self.removes("g"))),
          (SELECT count(DISTINCT sha256) \(Self.unshared)),
          (SELECT total(bytes) FROM (SELECT DISTINCT i.sha256, i.bytes \(Self.unshared))),
          (SELECT count(DISTINCT i.sha256) FROM image AS i
            JOIN generation AS g ON g.id = i.generation_id WHERE \(Self.removes("g"))),
          (SELECT count(*) FROM generation AS g
            WHERE g.trashed_at <= :until AND g.status IN \(Self.running))
        """, arguments: arguments)
    let files: Int = row?[1] ?? 0
    return TrashPlan(
      generations: row?[0] ?? 0, files: files, bytes: row?[2] ?? 0,
      sharedFiles: (row?[3] ?? 0) - files, running: row?[4] ?? 0)
  }

  func unsharedImages(in database: Database) throws -> [CataloguedImage] {
    try Row.fetchAll(
      database, sql: "SELECT i.* \(Self.unshared) GROUP BY i.sha256, i.format",
      arguments: arguments
    ).compactMap(ImageTable.image)
  }

  func removeRows(at now: Timestamp, in database: Database) throws {
    try Erasures.stamp(self, at: now, in: database)
    // Prompts stay where others have the same text; those without any use go too.
    try database.execute(
      sql: """
        CREATE TEMP TABLE emptied AS
        SELECT prompt_id FROM generation AS g WHERE \(Self.removes("g"))
        """, arguments: arguments)
    try database.execute(
      sql: "DELETE FROM generation AS g WHERE \(Self.removes("g"))", arguments: arguments)
    try database.execute(
      sql: """
        DELETE FROM prompt WHERE id IN (SELECT prompt_id FROM temp.emptied)
          AND NOT EXISTS (SELECT 1 FROM generation WHERE prompt_id = prompt.id);
        DROP TABLE temp.emptied;
        """)
  }
}
