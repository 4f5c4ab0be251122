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
      if rows.integer(1) != (rows.integer(0) < latest ? 1 : 0) { count += 1 }
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

  /// Generations whose `late` is another than the times of earlier arrivals make it.
  static let wrongLateSQL = """
    SELECT id, right FROM (
      SELECT id, late, coalesce(created_at < max(created_at) OVER (
        ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS right
      FROM generation) WHERE late <> right
    """
}
