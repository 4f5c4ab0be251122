internal import GRDB
import SeedbankModel

/// When the trash was emptied of which generations.
///
/// To a merge an erasure is the last edit of a generation's `trashed`: it keeps out a version that was
/// never taken out of the trash since, and puts one that is still here into the trash.
struct Erasures {
  private let database: Database
  private var times: [UID: Timestamp] = [:]

  init(_ database: Database) throws {
    self.database = database
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT field, at FROM library_edit WHERE field >= 'erased/' AND field < 'erased0'")
    while let row = try rows.next() {
      guard case .erased(let uid) = EditField(row[0] as String) else { continue }
      times[uid] = Timestamp(milliseconds: row[1])
    }
  }

  /// Whether a version of the generation is older than its erasure.
  func covers(_ record: GenerationRecord, _ uid: UID) -> Bool {
    guard let erasedAt = times[uid] else { return false }
    let broughtBackAt = record.trashedAt == nil ? record.archive?.edits[.trashed] : nil
    return broughtBackAt.map { $0 <= erasedAt } ?? true
  }

  /// Notes an erasure that happened in another library.
  mutating func add(_ uid: UID, at time: Timestamp) throws {
    times[uid] = max(time, times[uid] ?? time)
    try database.cachedStatement(
      sql: """
        INSERT INTO library_edit(field, at) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET at = max(excluded.at, at)
        """
    ).execute(arguments: [EditField.erased(uid).description, time.milliseconds])
  }

  /// Forgets that the generation was erased: it was brought back on purpose, which is the later edit.
  mutating func forget(_ uid: UID, of id: Int64, at now: Timestamp) throws {
    guard let erasedAt = times.removeValue(forKey: uid) else { return }
    try database.cachedStatement(sql: "DELETE FROM library_edit WHERE field = ?")
      .execute(arguments: [EditField.erased(uid).description])
    let time = max(now.milliseconds, erasedAt.milliseconds + 1)
    try EditStamps.stamp(.trashed, of: id, at: time, in: database)
  }

  /// Stamps all that emptying the trash removes, never earlier than it came there.
  static func stamp(_ trash: Trash, at now: Timestamp, in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO library_edit(field, at)
        SELECT 'erased/' || lower(
            substr(digits, 1, 8) || '-' || substr(digits, 9, 4) || '-' || substr(digits, 13, 4)
            || '-' || substr(digits, 17, 4) || '-' || substr(digits, 21)),
          max(:now, coalesce(
            (SELECT at FROM field_edit WHERE generation_id = id AND field = 'trashed'), 0))
        FROM (SELECT id, hex(uid) AS digits FROM generation AS g WHERE \(Trash.removes("g")))
        WHERE true
        ON CONFLICT DO UPDATE SET at = max(excluded.at, at + 1)
        """, arguments: trash.arguments + ["now": now.milliseconds])
  }
}
