import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Writes one change: the rows, their previous values, and the time.
///
/// The entry is created with the first difference, so an edit that changes nothing is not recorded.
struct ChangeWriter {
  let database: Database
  let actor: String
  /// Milliseconds; never before the newest change, so that the history stays in the order of its ids.
  let time: Int64
  private(set) var id: Int64?
  private var sequence: Int64 = 0

  init(_ database: Database, actor: String, at time: Timestamp) throws {
    self.database = database
    self.actor = actor
    let newest = try Int64.fetchOne(
      database, sql: "SELECT at FROM change ORDER BY id DESC LIMIT 1")
    self.time = max(time.milliseconds, newest ?? .min)
  }

  /// Gives a field of a generation its value; returns whether that changed anything.
  mutating func set(
    _ field: EditField, of target: EditTarget, to value: String?
  ) throws -> Bool {
    let before = try GenerationFields.value(field, of: target.id, in: database)
    guard !before.isIdentical(to: value) else { return false }
    try GenerationFields.set(field, of: target.id, to: value, at: time, in: database)
    try EditStamps.stamp(field, of: target.id, at: time, in: database)
    try note(field, of: Array(target.uid), before, value)
    return true
  }

  /// Gives a field of many generations its value.
  ///
  /// - Parameter changes: what that changes.
  mutating func set(
    _ field: EditField, to value: FieldAssignment, _ changes: FieldChanges
  ) throws {
    guard !changes.ids.isEmpty else { return }
    for item in changes.items { try note(field, of: item.targets.bytes, item.before, item.after) }
    try GenerationFields.set(field, of: changes.ids, to: value, at: time, in: database)
    try EditStamps.stamp(field, of: changes.ids, at: time, in: database)
  }

  /// Gives a field of the library its value.
  mutating func set(_ field: EditField, to value: String?) throws {
    let before = try LibraryFields.value(field, in: database)
    guard !before.isIdentical(to: value) else { return }
    try LibraryFields.set(field, to: value, in: database)
    try EditStamps.stamp(field, at: time, in: database)
    try note(field, of: nil, before, value)
  }

  /// Ends the change with the words that the history shows for it.
  func finish(_ action: String) throws {
    guard let id else { return }
    try database.execute(
      sql: "UPDATE change SET action = ? WHERE id = ?", arguments: [action, id])
  }

  private mutating func note(
    _ field: EditField, of targets: [UInt8]?, _ before: String?, _ after: String?
  ) throws {
    let change = try id ?? begin()
    sequence += 1
    try RecordedChange(field: field.description, before: before, after: after)
      .insert(into: change, at: sequence, targets: targets, in: database)
  }

  private mutating func begin() throws -> Int64 {
    try History.dropUndone(in: database)
    try database.execute(
      sql: "INSERT INTO change(at, actor, action) VALUES (?, ?, '')", arguments: [time, actor])
    let change = database.lastInsertedRowID
    id = change
    return change
  }
}

/// A generation to be edited.
struct EditTarget: Sendable {
  let id: Int64
  let uid: Data

  /// Those of `ids` that there are, in that order.
  static func targets(_ ids: some Collection<Int64>, in database: Database) throws -> [EditTarget] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT g.id, g.uid FROM json_each(?) AS wanted
        CROSS JOIN generation AS g ON g.id = wanted.value ORDER BY wanted.key
        """)
    return try Row.fetchAll(statement, arguments: [JSONList.text(ids)]).map {
      EditTarget(id: $0[0], uid: $0[1])
    }
  }
}
