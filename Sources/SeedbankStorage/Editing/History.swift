internal import GRDB
import SeedbankModel

/// The changes as a stack; undone changes are at the top until the next new edit.
enum History {
  /// Removes the undone changes, which can no longer be redone after a new edit.
  static func dropUndone(in database: Database) throws {
    let standing = try database.integer(
      "SELECT id FROM change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1")
    // The items are named too, because an edit of many generations runs without foreign keys.
    try database.run("DELETE FROM change_item WHERE change_id > ?", .integer(standing ?? 0))
    try database.run("DELETE FROM change WHERE id > ?", .integer(standing ?? 0))
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
    let id: Int64 = row["id"]
    return Change(
      id: id, at: Timestamp(milliseconds: row["at"]), actor: row["actor"],
      action: row["action"],
      undoneAt: (row["undone_at"] as Int64?).map(Timestamp.init(milliseconds:)),
      generations: try ChangeTargets.count(of: id, in: database))
  }

  /// Takes one change back, or makes it again; fields that were edited otherwise since are kept.
  static func step(
    _ change: Change, _ direction: Direction, at time: Timestamp, in database: Database
  ) throws -> HistoryStep {
    var step = HistoryStep(change: change)
    try database.withCache(for: change.generations) {
      try applyItems(direction, at: time, &step, in: database)
    }
    try database.execute(
      sql: "UPDATE change SET undone_at = ? WHERE id = ?",
      arguments: [direction == .undo ? time.milliseconds : nil, change.id])
    return step
  }

  private static func applyItems(
    _ direction: Direction, at time: Timestamp, _ step: inout HistoryStep, in database: Database
  ) throws {
    let change = step.change
    var cursor: Int64 = direction == .undo ? .max : 0
    let words = try TagWords(forGenerations: change.generations, in: database)
    var marks = MarkEditor(words, in: database)
    try SearchIndex.editingMany(change.generations, in: database) {
      while true {
        let items = try ChangeItem.page(of: change.id, direction, from: cursor, in: database)
        guard let last = items.last else { break }
        cursor = last.sequence
        var page = HistoryPage(items, direction, at: time.milliseconds, in: database)
        try page.apply(to: &step, &marks)
      }
    }
  }
}

extension History {
  enum Direction { case undo, redo }
}

/// One field of the library, or of several generations, as a change found and left it.
struct ChangeItem {
  /// Of the last row.
  private(set) var sequence: Int64
  /// Whether it is a field of the library, not of generations.
  let isOfLibrary: Bool
  /// The generations that exist.
  private(set) var ids: [Int64] = []
  /// The number of generations that were permanently deleted.
  private(set) var gone = 0
  let recorded: RecordedChange
  var field: String { recorded.field }

  /// The next items.
  ///
  /// Undoing goes backwards. Rows that follow each other and differ only in their generations are one item.
  static func page(
    of change: Int64, _ direction: History.Direction, from cursor: Int64, in database: Database
  ) throws -> [ChangeItem] {
    let (sign, order) = direction == .undo ? ("<", "DESC") : (">", "ASC")
    var finder = try GenerationFinder(database)
    var rows = try RawRows(
      """
      SELECT sequence, targets, field, before, after FROM change_item
      WHERE change_id = ? AND sequence \(sign) ? ORDER BY sequence \(order)
      """, .integer(change), .integer(cursor), in: database)
    var items: [ChangeItem] = []
    var count = 0
    while count < pageSize, try rows.next() {
      let item = ChangeItem(
        sequence: rows.integer(0), isOfLibrary: rows.isNull(1),
        recorded: RecordedChange(
          field: rows.text(2), before: rows.optionalText(3), after: rows.optionalText(4)))
      if let last = items.indices.last, items[last].isLike(item) {
        items[last].sequence = item.sequence
      } else {
        items.append(item)
      }
      let last = items.endIndex - 1
      // A row without generations needs memory too.
      count += 1
      try ChangeTargets.forEach(in: rows.bytes(1)) { uid in
        count += 1
        if let id = try finder.id(of: uid) {
          items[last].ids.append(id)
        } else {
          items[last].gone += 1
        }
      }
    }
    return items
  }

  private func isLike(_ other: ChangeItem) -> Bool {
    !isOfLibrary && !other.isOfLibrary && recorded == other.recorded
  }

  /// The number of generations of a page: going backwards, the index is written once for each page.
  private static let pageSize = ChangeTargets.most

  /// The value that the field must have now, and the one that it gets.
  func values(_ direction: History.Direction) -> (expected: String?, wanted: String?) {
    let (before, after) = (recorded.before, recorded.after)
    return direction == .undo ? (after, before) : (before, after)
  }
}
