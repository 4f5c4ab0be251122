import FoundationEssentials
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

  /// The statuses of a generation that was sent and is not finished.
  private static let running = "('submitting', 'pending', 'ready')"

  /// Whether the generation of that name is removed; its parameters are ``arguments``.
  static func removes(_ name: String) -> String {
    "\(name).trashed_at <= :until AND (:force OR \(name).status NOT IN \(running))"
  }

  var arguments: StatementArguments { ["until": until, "force": removesRunning] }

  /// The files of the generations that are removed, and of these the ones that no other generation needs,
  /// as an image or as a reference image.
  private static let files = """
    WITH
      removed AS (
        SELECT i.sha256, i.format, i.bytes
        FROM generation AS g CROSS JOIN image AS i ON i.generation_id = g.id WHERE \(removes("g"))
        UNION
        SELECT r.sha256, r.format, r.bytes
        FROM generation AS g CROSS JOIN reference_image AS r ON r.generation_id = g.id
        WHERE \(removes("g"))),
      unshared AS (
        SELECT * FROM removed
        WHERE NOT EXISTS (\(other("image"))) AND NOT EXISTS (\(other("reference_image"))))
    """

  private static func other(_ table: String) -> String {
    """
    SELECT 1 FROM \(table) AS other JOIN generation AS owner ON owner.id = other.generation_id
    WHERE other.sha256 = removed.sha256
      AND (owner.trashed_at IS NULL OR NOT (\(removes("owner"))))
    """
  }

  func plan(in database: Database) throws -> TrashPlan {
    let row = try Row.fetchOne(
      database,
      sql: """
        \(Self.files)
        SELECT
          (SELECT count(*) FROM generation AS g WHERE \(Self.removes("g"))),
          (SELECT count(DISTINCT sha256) FROM unshared),
          (SELECT min(total(bytes), 9e18) FROM (SELECT DISTINCT sha256, bytes FROM unshared)),
          (SELECT count(DISTINCT sha256) FROM removed),
          (SELECT count(*) FROM generation AS g
            WHERE g.trashed_at <= :until AND g.status IN \(Self.running))
        """, arguments: arguments)
    // Any size may be in a row that an earlier version restored, and 9e18 is nearly the largest number.
    let files: Int = row?[1] ?? 0
    return TrashPlan(
      generations: row?[0] ?? 0, files: files, bytes: row?[2] ?? 0,
      sharedFiles: (row?[3] ?? 0) - files, running: row?[4] ?? 0)
  }

  /// The files that are removed with the generations.
  func unsharedFiles(in database: Database) throws -> [(digest: Digest, format: String)] {
    try Row.fetchAll(
      database, sql: "\(Self.files) SELECT DISTINCT sha256, format FROM unshared",
      arguments: arguments
    ).compactMap { row in Digest(bytes: row[0] as Data).map { ($0, row[1]) } }
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
