internal import GRDB
import SeedbankModel

/// The changes that were made, as a stack: what is undone lies on top until the next new edit.
enum History {
  /// Forgets what was undone; a new edit begins another future.
  static func dropUndone(in database: Database) throws {
    try database.execute(
      sql: """
        DELETE FROM change WHERE id > coalesce(
          (SELECT id FROM change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1), 0)
        """)
  }

  /// The newest change that stands, or the oldest that was undone.
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
    var cursor: Int64 = direction == .undo ? .max : 0
    try SearchIndex.editingMany(change.generations, in: database) {
      while true {
        let items = try ChangeItem.page(of: change.id, direction, from: cursor, in: database)
        guard let last = items.last else { break }
        cursor = last.sequence
        try SearchIndex.editing(items.compactMap(\.id), in: database) {
          for item in items { try apply(item, direction, time.milliseconds, &turn, database) }
        }
      }
    }
    try database.execute(
      sql: "UPDATE change SET undone_at = ? WHERE id = ?",
      arguments: [direction == .undo ? time.milliseconds : nil, change.id])
    return turn
  }

  private static func apply(
    _ item: ChangeItem, _ direction: Direction, _ time: Int64, _ turn: inout HistoryStep,
    _ database: Database
  ) throws {
    let (expected, wanted) =
      direction == .undo ? (item.after, item.before) : (item.before, item.after)
    guard let field = EditField(item.field) else { return }
    if item.isOfLibrary {
      let current = try LibraryFields.value(field, in: database)
      guard current == expected else { return turn.keep(nil, field, current == wanted) }
      try LibraryFields.set(field, to: wanted, at: time, in: database)
      try EditStamps.stamp(field, at: time, in: database)
    } else if let id = item.id {
      let current = try GenerationFields.value(field, of: id, in: database)
      guard current == expected else {
        return turn.keep(GenerationID(id), field, current == wanted)
      }
      try GenerationFields.set(field, of: id, to: wanted, at: time, in: database)
      try EditStamps.stamp(field, of: id, at: time, in: database)
      turn.fields += 1
    } else {
      turn.gone += 1
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
  private static let pageSize = 4_000
}
