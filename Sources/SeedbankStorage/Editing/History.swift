internal import GRDB
import SeedbankModel

/// The changes as a stack; undone changes are at the top until the next new edit.
enum History {
  /// Removes the undone changes, which can no longer be redone after a new edit.
  static func dropUndone(in database: Database) throws {
    try database.execute(
      sql: """
        DELETE FROM change WHERE id > coalesce(
          (SELECT id FROM change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1), 0)
        """)
  }

  /// Returns the newest change that is not undone, or the oldest undone one.
  static func next(_ direction: Direction, in database: Database) throws -> Change? {
    let sql =
      switch direction {
      case .undo: "SELECT * FROM change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
      case .redo:
        """
        SELECT * FROM change WHERE id > coalesce(
          (SELECT id FROM change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1), 0)
        ORDER BY id LIMIT 1
        """
      }
    return try Row.fetchOne(database, sql: sql).map { try change($0, in: database) }
  }

  static func change(_ row: Row, in database: Database) throws -> Change {
    let count = try database.cachedStatement(
      sql: "SELECT count(DISTINCT target) FROM change_item WHERE change_id = ?")
    return Change(
      id: row["id"], at: Timestamp(milliseconds: row["at"]), actor: row["actor"],
      action: row["action"],
      undoneAt: (row["undone_at"] as Int64?).map(Timestamp.init(milliseconds:)),
      generations: try Int.fetchOne(count, arguments: [row["id"] as Int64]) ?? 0)
  }

  /// Takes one change back, or makes it again; fields that were edited otherwise since are kept.
  static func turn(
    _ change: Change, _ direction: Direction, at time: Timestamp, in database: Database
  ) throws -> HistoryStep {
    var turn = HistoryStep(change: change)
    try database.withCache(for: change.generations) {
      try turnItems(direction, at: time, &turn, in: database)
    }
    try database.execute(
      sql: "UPDATE change SET undone_at = ? WHERE id = ?",
      arguments: [direction == .undo ? time.milliseconds : nil, change.id])
    return turn
  }

  private static func turnItems(
    _ direction: Direction, at time: Timestamp, _ turn: inout HistoryStep, in database: Database
  ) throws {
    let change = turn.change
    var cursor: Int64 = direction == .undo ? .max : 0
    try SearchIndex.editingMany(change.generations, in: database) {
      while true {
        let items = try ChangeItem.page(of: change.id, direction, from: cursor, in: database)
        guard let last = items.last else { break }
        cursor = last.sequence
        var page = HistoryPage(items, direction, at: time.milliseconds, in: database)
        try page.apply(to: &turn)
      }
    }
  }
}

extension History {
  enum Direction { case undo, redo }
}

/// One field as a change found and left it.
struct ChangeItem {
  let sequence: Int64
  /// Whether it is a field of the library, not of a generation.
  let isOfLibrary: Bool
  /// The generation; nil for a field of the library, and for a generation that was permanently deleted.
  let id: Int64?
  let field: String
  let before: String?
  let after: String?

  /// The next items.
  ///
  /// Undoing goes backwards.
  static func page(
    of change: Int64, _ direction: History.Direction, from cursor: Int64, in database: Database
  ) throws -> [ChangeItem] {
    let (sign, order) = direction == .undo ? ("<", "DESC") : (">", "ASC")
    var rows = try RawRows(
      """
      SELECT i.sequence, i.target, g.id, i.field, i.before, i.after
      FROM change_item AS i LEFT JOIN generation AS g ON g.uid = i.target
      WHERE i.change_id = ? AND i.sequence \(sign) ?
      ORDER BY i.sequence \(order) LIMIT \(pageSize)
      """, .integer(change), .integer(cursor), in: database)
    var items: [ChangeItem] = []
    while try rows.next() {
      items.append(
        ChangeItem(
          sequence: rows.integer(0), isOfLibrary: rows.isNull(1),
          id: rows.isNull(2) ? nil : rows.integer(2), field: rows.text(3),
          before: rows.isNull(4) ? nil : rows.text(4), after: rows.isNull(5) ? nil : rows.text(5)))
    }
    return items
  }

  /// Going backwards, the index is written once for each page.
  private static let pageSize = 32_768

  /// The value that the field must have now, and the one that it gets.
  func values(_ direction: History.Direction) -> (expected: String?, wanted: String?) {
    direction == .undo ? (after, before) : (before, after)
  }
}
