internal import GRDB
public import SeedbankModel

/// One edit as the history tells it.
public struct Change: Hashable, Sendable, Identifiable {
  /// The number of the change.
  public let id: Int64
  /// When the change was made.
  public let at: Timestamp
  /// Who made it.
  public let actor: String
  /// What was done, in words.
  public let action: String
  /// Set: it was undone and may be redone until the next new edit.
  public let undoneAt: Timestamp?
  /// How many generations it touched.
  public let generations: Int
}

/// What came of undoing or redoing one change.
public struct HistoryStep: Hashable, Sendable {
  /// A field that was left alone, because it was edited otherwise since: by a merge, for instance.
  public struct Kept: Hashable, Sendable {
    /// Nil for what belongs to no one generation.
    public let generation: GenerationID?
    /// The field.
    public let field: EditField
  }

  /// The change that was undone or redone.
  public let change: Change
  /// Fields of generations that were set back.
  public var fields = 0
  /// Fields that were edited since, and were not changed.
  public var kept: [Kept] = []
  /// Fields of generations that have left the library.
  public var gone = 0

  init(change: Change) { self.change = change }

  /// - Parameter isThere: the field holds already what it was to become, which is no matter.
  mutating func keep(_ generation: GenerationID?, _ field: EditField, _ isThere: Bool) {
    if !isThere { kept.append(Kept(generation: generation, field: field)) }
  }
}

extension Library {
  /// The changes before `cursor`, newest first.
  public func history(before cursor: Int64 = .max, limit: Int) throws -> [Change] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM change WHERE id < ? ORDER BY id DESC LIMIT ?",
        arguments: [cursor, limit])
      return try rows.map { try History.change($0, in: database) }
    }
  }

  /// The number of edits that the history lists.
  public func historyCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM change") ?? 0 }
  }

  /// Undoes the most recent `count` changes.
  ///
  /// If there are fewer, none is undone.
  ///
  /// A field that holds something else than the change left there is not touched, and named.
  /// - Throws: `EditError.nothingToUndo` if there are fewer, `LibraryError`.
  public func undo(
    _ count: Int = 1, at time: Timestamp, rehearsing: Bool = false
  ) throws -> [HistoryStep] {
    try turn(.undo, count, at: time, rehearsing: rehearsing)
  }

  /// Redoes the `count` most recently undone changes.
  ///
  /// If there are fewer, none is redone.
  ///
  /// - Throws: `EditError.nothingToRedo` if there are fewer, `LibraryError`.
  public func redo(
    _ count: Int = 1, at time: Timestamp, rehearsing: Bool = false
  ) throws -> [HistoryStep] {
    try turn(.redo, count, at: time, rehearsing: rehearsing)
  }

  private func turn(
    _ direction: History.Direction, _ count: Int, at time: Timestamp, rehearsing: Bool
  ) throws -> [HistoryStep] {
    try write(rehearsing: rehearsing) { database in
      try (0..<count).map { done in
        guard let change = try History.next(direction, in: database) else {
          throw direction == .undo
            ? EditError.nothingToUndo(available: done) : .nothingToRedo(available: done)
        }
        return try History.turn(change, direction, at: time, in: database)
      }
    }
  }
}
