internal import GRDB
import SeedbankModel

/// Looks for faults within the catalog.
enum CatalogCheck {
  /// The parts of the check of rows beside ``PageCheck``, each of which may be stopped by damage without
  /// stopping the others.
  static let parts: [@Sendable (Database) throws -> [Fault]] = [
    danglingRows, malformedRows, promptFaults, lateFaults,
  ]

  private static func promptFaults(in database: Database) throws -> [Fault] {
    let count = try wrongPrompts(in: database).count
    return count > 0 ? [.promptHashWrong(count: count)] : []
  }

  private static func lateFaults(in database: Database) throws -> [Fault] {
    // A window function of SQLite takes several times as long.
    var rows = try RawRows("SELECT created_at, late FROM generation ORDER BY id", in: database)
    var count = 0
    var latest = Int64.min
    while try rows.next() {
      // A late row needs no later one before it: that one may have been deleted, or a merge made
      // this one earlier. Searches rely only on the order of the others.
      guard rows.integer(1) == 0 else { continue }
      if rows.integer(0) < latest { count += 1 }
      latest = max(latest, rows.integer(0))
    }
    return count > 0 ? [.lateFlagWrong(count: count)] : []
  }

  static func indexFaults(in database: Database) throws -> [Fault] {
    let index = try SearchIndex.verify(in: database)
    if let damage = index.damage { return [.indexDamaged(damage)] }
    return index.isEmpty ? [] : [.indexStale(index)]
  }

  private static func danglingRows(in database: Database) throws -> [Fault] {
    var counts: [String: Int] = [:]
    let rows = try Row.fetchCursor(database, sql: "PRAGMA foreign_key_check")
    while let row = try rows.next() { counts[row[0], default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { .danglingRows(table: $0.key, count: $0.value) }
  }

  private static func malformedRows(in database: Database) throws -> [Fault] {
    try Int64.fetchAll(
      database,
      sql: """
        SELECT id FROM generation WHERE length(uid) <> 16
        UNION SELECT generation_id FROM image WHERE length(sha256) <> 32
        UNION SELECT generation_id FROM reference_image WHERE length(sha256) <> 32 ORDER BY 1
        """
    ).map { .malformedRow(GenerationID($0)) }
  }

  /// Prompts whose hash is another than their text's, with the right one.
  static func wrongPrompts(in database: Database) throws -> [(id: Int64, hash: Int64)] {
    var wrong: [(id: Int64, hash: Int64)] = []
    var rows = try RawRows("SELECT id, hash, text FROM prompt", in: database)
    while try rows.next() {
      let hash = PromptTable.hash(rows.text(2))
      if hash != rows.integer(1) { wrong.append((rows.integer(0), hash)) }
    }
    return wrong
  }

  /// Generations that must be `late`: another one that is not was created later and has a smaller id.
  static let wrongLateSQL = """
    SELECT id FROM (
      SELECT id, created_at, max(created_at) OVER (
        ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
      FROM generation WHERE late = 0) WHERE created_at < latest
    """
}
