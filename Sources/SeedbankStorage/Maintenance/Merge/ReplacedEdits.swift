internal import GRDB
import SeedbankModel

/// Edits of this library that a merge replaces with later ones.
///
/// They become a change in the history, so that they can be undone like other edits. Only the history says which
/// values were set here: if another library edits its own value again, no edit of this library is replaced.
struct ReplacedEdits {
  private let database: Database
  private let start: MergeStart
  /// What the history shows as the author.
  private let source: String
  private let now: Timestamp
  private let hasHistory: Bool
  /// The replaced values by field, whether they were set here or not.
  private var ofGenerations: [ExactText: [UID: ReplacedValue]] = [:]
  private var ofLibrary: [ExactText: ReplacedValue] = [:]
  private var count = 0
  /// The change in the history, and its last item.
  private var change: (id: Int64, sequence: Int64)?

  /// The maximum number of values that are in memory.
  private static let most = 10_000

  init(
    _ database: Database, since start: MergeStart, from source: String, at now: Timestamp
  ) throws {
    self.database = database
    self.start = start
    self.source = source
    self.now = now
    hasHistory = try database.integer("SELECT 1 FROM change LIMIT 1") != nil
  }

  /// Whether the values must be written before others are noted.
  var isFull: Bool { count >= Self.most }

  /// Notes that a merge replaces the value of a field of a generation.
  mutating func note(_ field: EditField, of uid: UID, _ id: Int64, _ value: VersionedValue) {
    guard hasHistory, value.at != nil, !start.isBefore(generation: id) else { return }
    let name = ExactText(field.description)
    // A later line can replace the new value too.
    guard ofGenerations[name]?[uid] == nil else { return }
    ofGenerations[name, default: [:]][uid] =
      ReplacedValue(field: field, generation: (uid, id), before: value.value)
    count += 1
  }

  /// Notes that a merge replaces the value of a field of the library, or may do so at its end.
  mutating func note(_ field: EditField, _ value: VersionedValue) {
    let name = ExactText(field.description)
    guard hasHistory, value.at != nil, ofLibrary[name] == nil else { return }
    ofLibrary[name] = ReplacedValue(field: field, generation: nil, before: value.value)
  }

  /// Adds the values that were set here to the history and to a report.
  ///
  /// - Parameter isEnd: whether the fields of the library have the values that the merge gives them.
  mutating func write(to report: inout RestoreReport, isEnd: Bool) throws {
    let values = (ofGenerations, isEnd ? ofLibrary : [:])
    (ofGenerations, count) = ([:], 0)
    if isEnd { ofLibrary = [:] }
    guard !(values.0.isEmpty && values.1.isEmpty) else { return }
    for value in try setHere(values.0, values.1).sorted() {
      let after = try value.current(in: database)
      guard !after.isIdentical(to: value.before) else { continue }
      if let item = value.item {
        try database.run(
          "UPDATE change_item SET after = ? WHERE change_id = ? AND sequence = ?",
          ColumnValue(after), .integer(item.change), .integer(item.sequence))
      } else if !value.field.isSameState(value.before, after) {
        try add(value, after)
        report.note(
          MergeConflict(
            generation: value.generation?.uid, field: value.field.description, keptOurs: false))
        report.replacedEdits += 1
      }
    }
    guard let change else { return }
    let edits =
      change.sequence == 1
      ? "1 edit replaced by a later one" : "\(change.sequence) edits replaced by later ones"
    try database.run(
      "UPDATE change SET action = ? WHERE id = ?", .text("\(History.mergeMark) \(edits)"),
      .integer(change.id))
  }

  /// Those of the values that the most recent edit of their field in this library set.
  private func setHere(
    _ generations: [ExactText: [UID: ReplacedValue]], _ library: [ExactText: ReplacedValue]
  ) throws -> [ReplacedValue] {
    var (generations, library) = (generations, library)
    var found: [ReplacedValue] = []
    var rows = try RawRows(Self.historySQL, in: database)
    while !(generations.isEmpty && library.isEmpty), try rows.next() {
      let name = ExactText(rows.text(3))
      let item = (change: rows.integer(0), sequence: rows.integer(1))
      let (isMerge, after) = (rows.integer(2) != 0, rows.optionalText(4))
      func take(_ value: ReplacedValue?) {
        guard var value, after.isIdentical(to: value.before) else { return }
        if isMerge {
          // A value that another merge set is not an edit of this library.
          guard start.isBefore(change: item.change) else { return }
          value.item = item
        }
        found.append(value)
      }
      if rows.isNull(5) {
        take(library.removeValue(forKey: name))
      } else if generations[name] != nil {
        ChangeTargets.forEach(in: rows.bytes(5)) { bytes in
          if let uid = UID(bytes: bytes) { take(generations[name]?.removeValue(forKey: uid)) }
        }
        if generations[name]?.isEmpty == true { generations[name] = nil }
      }
    }
    return found
  }

  /// The most recent item first.
  private static let historySQL = """
    SELECT c.id, i.sequence, \(History.isMerge("c.")), i.field, i.after, i.targets
    FROM change AS c CROSS JOIN change_item AS i ON i.change_id = c.id
    WHERE c.undone_at IS NULL ORDER BY c.id DESC, i.sequence DESC
    """

  private mutating func add(_ value: ReplacedValue, _ after: String?) throws {
    let last = try change ?? begin()
    let sequence = last.sequence + 1
    try RecordedChange(field: value.field.description, before: value.before, after: after)
      .insert(into: last.id, at: sequence, targets: value.generation?.uid.bytes, in: database)
    change = (last.id, sequence)
  }

  /// All transactions of a merge have one change.
  private func begin() throws -> (id: Int64, sequence: Int64) {
    if let id = try start.ownChange(in: database) {
      let last = try database.integer(
        "SELECT max(sequence) FROM change_item WHERE change_id = ?", .integer(id))
      return (id, last ?? 0)
    }
    try History.dropUndone(in: database)
    let newest = try database.integer("SELECT at FROM change ORDER BY id DESC LIMIT 1")
    try database.run(
      "INSERT INTO change(at, actor, action) VALUES (?, ?, '')",
      .integer(max(now.milliseconds, newest ?? .min)), .text(source))
    return (database.lastInsertedRowID, 0)
  }
}

extension History {
  /// What the action of a change begins with that a merge made.
  static let mergeMark = "merge:"

  /// The condition that a merge made a change.
  ///
  /// - Parameter row: the name of the row, with a period.
  static func isMerge(_ row: String) -> String { "\(row)action LIKE '\(mergeMark)%'" }
}

/// A value that a merge replaces.
private struct ReplacedValue: Comparable {
  let field: EditField
  /// Nil for a field of the library.
  let generation: (uid: UID, id: Int64)?
  /// As JSON; nil for none.
  let before: String?
  /// The item of the history in which the same merge set the value; nil if an edit set it.
  var item: (change: Int64, sequence: Int64)?

  func current(in database: Database) throws -> String? {
    guard let generation else { return try LibraryFields.value(field, in: database) }
    return try GenerationFields.value(field, of: generation.id, in: database)
  }

  /// Orders values as they are in the history.
  ///
  /// Undoing goes backwards, and generations need their tags and collections. So fields of the library are the last
  /// ones, and `metadata` is behind `metadata_raw`.
  static func < (left: Self, right: Self) -> Bool {
    let (first, second) = (left.generation?.id ?? .max, right.generation?.id ?? .max)
    return first == second ? left.field > right.field : first < second
  }

  static func == (left: Self, right: Self) -> Bool {
    left.field == right.field && left.generation?.id == right.generation?.id
  }
}
