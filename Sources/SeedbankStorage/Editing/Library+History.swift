internal import GRDB
public import SeedbankModel

/// An edit in the history.
public struct Change: Hashable, Sendable, Identifiable {
  /// The number of the change.
  public let id: Int64
  /// When the change was made.
  public let at: Timestamp
  /// Who made it.
  public let actor: String
  /// A description of the edit.
  public let action: String
  /// When it was undone, nil if it was not; an undone edit can be redone until the next new edit.
  public let undoneAt: Timestamp?
  /// The number of generations that it changed.
  public let generations: Int
}

/// The result of undoing or redoing one change.
public struct HistoryStep: Hashable, Sendable {
  /// A field that was not changed, because it was edited since, for example by a merge, or because it cannot
  /// have the value in the history, which comes from a restored dump.
  public struct Kept: Hashable, Sendable {
    /// Nil for a field of the library.
    public let generation: GenerationID?
    /// The field.
    public let field: EditField
  }

  /// The change that was undone or redone.
  public let change: Change
  /// The number of fields of generations that were restored.
  public var fields = 0
  /// Fields that were not changed.
  public var kept: [Kept] = []
  /// The number of fields of generations that are no longer in the library.
  public var gone = 0

  init(change: Change) { self.change = change }

  /// - Parameter isThere: whether the field already has the new value, so that nothing must be
  ///   reported.
  mutating func keep(_ generation: GenerationID?, _ field: EditField, _ isThere: Bool) {
    if !isThere { kept.append(Kept(generation: generation, field: field)) }
  }
}

extension Library {
  /// Returns the changes before `cursor`, newest first.
  public func history(before cursor: Int64 = .max, limit: Int) throws -> [Change] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM change WHERE id < ? ORDER BY id DESC LIMIT ?",
        arguments: [cursor, limit])
      return try rows.map { try History.change($0, in: database) }
    }
  }

  /// Returns the number of edits in the history.
  public func historyCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM change") ?? 0 }
  }

  /// Undoes the most recent `count` changes.
  ///
  /// If there are fewer, nothing is undone. A field that was edited since is not changed, but is
  /// named in the report.
  ///
  /// - Throws: `EditError.nothingToUndo` if there are fewer, `LibraryError`.
  public func undo(
    _ count: Int = 1, at time: Timestamp, rehearsing: Bool = false
  ) throws -> [HistoryStep] {
    try step(.undo, count, at: time, rehearsing: rehearsing)
  }

  /// Redoes the `count` most recently undone changes.
  ///
  /// If there are fewer, nothing is redone.
  ///
  /// - Throws: `EditError.nothingToRedo` if there are fewer, `LibraryError`.
  public func redo(
    _ count: Int = 1, at time: Timestamp, rehearsing: Bool = false
  ) throws -> [HistoryStep] {
    try step(.redo, count, at: time, rehearsing: rehearsing)
  }

  /// Undoes the change `id`, if it is the most recent one that is not undone.
  ///
  /// A field that was edited since is not changed, but is named in the report.
  ///
  /// - Throws: `EditError.notNextToUndo` if another change is the most recent one, `LibraryError`.
  public func undo(change id: Int64, at time: Timestamp) throws -> HistoryStep {
    try step(.undo, only: id, at: time)
  }

  /// Redoes the change `id`, if it is the most recently undone one.
  ///
  /// - Throws: `EditError.notNextToRedo` if another change is the most recently undone one,
  ///   `LibraryError`.
  public func redo(change id: Int64, at time: Timestamp) throws -> HistoryStep {
    try step(.redo, only: id, at: time)
  }

  private func step(
    _ direction: History.Direction, only id: Int64, at time: Timestamp
  ) throws -> HistoryStep {
    try write { database in
      guard let change = try History.next(direction, in: database), change.id == id else {
        throw direction == .undo ? EditError.notNextToUndo(id) : .notNextToRedo(id)
      }
      return try History.step(change, direction, at: time, in: database)
    }
  }

  private func step(
    _ direction: History.Direction, _ count: Int, at time: Timestamp, rehearsing: Bool
  ) throws -> [HistoryStep] {
    try write(rehearsing: rehearsing) { database in
      // The count may be any number that a user types, so no memory is reserved for it.
      var steps: [HistoryStep] = []
      while steps.count < count {
        guard let change = try History.next(direction, in: database) else {
          throw direction == .undo
            ? EditError.nothingToUndo(available: steps.count)
            : .nothingToRedo(available: steps.count)
        }
        steps.append(try History.step(change, direction, at: time, in: database))
      }
      return steps
    }
  }
}
