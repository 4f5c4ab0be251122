internal import GRDB
import SeedbankModel

/// The permanent deletion of one generation, for merges.
///
/// It wins against every edit that was made without knowledge of it, with any clocks. A person who
/// restores the generation afterwards leaves the stamp `revived`, which is later by one. It is
/// computed from the deletion, not from a clock.
struct Erasure {
  let at: Timestamp

  /// Whether a version of the generation was not restored after the erasure.
  func covers(_ record: GenerationRecord) -> Bool { covers(record.archive?.edits[.revived]) }

  /// The same for a version that a person restored at this time, or never.
  func covers(_ revivedAt: Timestamp?) -> Bool { revivedAt.map { $0 <= at } ?? true }

  /// The erasure as an edit of the field `trashed`.
  var edit: VersionedValue {
    VersionedValue(value: FieldValue.number(at.milliseconds), at: at)
  }

  /// The value of `trashed` under this erasure.
  func applied(to value: VersionedValue, revivedAt: Timestamp? = nil) -> VersionedValue {
    guard value.value == nil, covers(revivedAt) else { return value }
    return VersionedValue(value: edit.value, at: max(value.at ?? at, at))
  }
}

/// When the trash was emptied of which generations.
struct Erasures {
  private let database: Database
  private var times: [UID: Timestamp]

  init(_ database: Database) throws {
    self.database = database
    times = try Self.times(in: database)
  }

  /// The time of each permanent deletion that the library knows of.
  static func times(in database: Database) throws -> [UID: Timestamp] {
    var times: [UID: Timestamp] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT field, at FROM library_edit WHERE field >= 'erased/' AND field < 'erased0'")
    while let row = try rows.next() {
      guard case .erased(let uid) = EditField(row[0] as String) else { continue }
      times[uid] = Timestamp(milliseconds: row[1])
    }
    return times
  }

  /// Whether the trash was ever emptied of anything, here or in another library.
  static func exist(in database: Database) throws -> Bool {
    try database.integer(
      "SELECT 1 FROM library_edit WHERE field >= 'erased/' AND field < 'erased0' LIMIT 1") != nil
  }

  /// When the generation was erased, or nil.
  subscript(_ uid: UID) -> Timestamp? { times[uid] }

  /// Whether a version of the generation was not restored after its erasure.
  func covers(_ record: GenerationRecord, _ uid: UID) -> Bool {
    times[uid].map { Erasure(at: $0).covers(record) } ?? false
  }

  /// Notes an erasure that happened in another library; returns the latest one.
  mutating func add(_ uid: UID, at time: Timestamp) throws -> Timestamp {
    if let known = times[uid], known >= time { return known }
    times[uid] = time
    try database.cachedStatement(
      sql: """
        INSERT INTO library_edit(field, at) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET at = excluded.at
        """
    ).execute(arguments: [EditField.erased(uid).description, time.milliseconds])
    return time
  }

  /// When a person restored the generation after an erasure, or nil.
  static func revivedAt(_ id: Int64, in database: Database) throws -> Timestamp? {
    try database.integer(
      "SELECT at FROM field_edit WHERE generation_id = ? AND field = ?", .integer(id),
      .text(EditField.revived.description)
    ).map(Timestamp.init(milliseconds:))
  }

  /// Notes that a person restored the generation, knowing of its erasure if there was one.
  static func revive(_ id: Int64, in database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO field_edit(generation_id, field, at)
        SELECT :id, 'revived', at + 1 FROM library_edit
        WHERE field = (SELECT \(field(ofUID: "hex(uid)")) FROM generation WHERE id = :id)
        ON CONFLICT DO UPDATE SET at = max(excluded.at, at)
        """
    ).execute(arguments: ["id": id])
  }

  /// Stamps all that emptying the trash removes, never earlier than any stamp that a restored
  /// generation has.
  static func stamp(_ trash: Trash, at now: Timestamp, in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO library_edit(field, at)
        SELECT \(field(ofUID: "digits")),
          max(:now, coalesce((SELECT max(at) FROM field_edit
            WHERE generation_id = id AND field IN ('trashed', 'revived')), 0))
        FROM (SELECT id, hex(uid) AS digits FROM generation AS g WHERE \(Trash.removes("g")))
        WHERE true
        ON CONFLICT DO UPDATE SET at = max(excluded.at, at + 1)
        """, arguments: trash.arguments + ["now": now.milliseconds])
  }

  /// SQL for the field of a generation whose uid is in hexadecimal digits.
  private static func field(ofUID digits: String) -> String {
    let parts = ["1, 8", "9, 4", "13, 4", "17, 4", "21"].map { "substr(\(digits), \($0))" }
    return "'erased/' || lower(\(parts.joined(separator: " || '-' || ")))"
  }
}
