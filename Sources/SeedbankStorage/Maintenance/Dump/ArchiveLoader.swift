internal import GRDB
import SeedbankModel

/// Reads whole records with all that a dump adds: a few statements for a page of generations.
enum ArchiveLoader {
  static func load(
    _ ids: [GenerationID], folder: LibraryFolder, in database: Database
  ) throws -> [GenerationRecord] {
    let parts = try parts(of: ids, withReplies: true, in: database)
    return try GenerationLoader.load(ids, in: database).map { generation in
      let own = parts[generation.id]
      var record = GenerationRecord(generation, folder: folder, parentUID: own?.parentUID)
      record.archive = own?.archive
      record.status = own?.storedStatus
      return record
    }
  }

  static func parts(
    of ids: [GenerationID], withReplies: Bool, in database: Database
  ) throws -> [GenerationID: ArchivedParts] {
    let list = ColumnValue.text(JSONList.text(ids.map(\.rawValue)))
    var parts: [GenerationID: ArchivedParts] = [:]
    parts.reserveCapacity(ids.count)
    var bodies = try RawRows(withReplies ? bodySQL : requestSQL, list, in: database)
    while try bodies.next() {
      var own = ArchivedParts(archive: RecordArchive(), parentUID: UID(bytes: bodies.bytes(3)))
      own.archive.attempts = Int(bodies.integer(1))
      own.archive.requestBody = bodies.optionalBytes(2)
      if withReplies {
        own.archive.replyBody = bodies.optionalBytes(4)
        own.archive.pollBody = bodies.optionalBytes(5)
        own.storedStatus = Status(rawValue: bodies.text(6))
        own.archive.owner = bodies.optionalBytes(7).map { LibraryID(bytes: $0) }
        own.archive.ownedAt = bodies.optionalInteger(8).map(Timestamp.init(milliseconds:))
      }
      parts[GenerationID(bodies.integer(0))] = own
    }
    var events = try RawRows(eventSQL(.list), list, in: database)
    while try events.next() {
      parts[GenerationID(events.integer(0))]?.archive.addEvent(events)
    }
    var collections = try RawRows(collectionSQL(.list), list, in: database)
    while try collections.next() {
      parts[GenerationID(collections.integer(0))]?.archive.addCollection(collections)
    }
    var stamps = try RawRows(stampSQL(.list), list, in: database)
    while try stamps.next() {
      parts[GenerationID(stamps.integer(0))]?.archive.addStamp(stamps)
    }
    return parts
  }

  private static let bodySQL = """
    SELECT g.id, g.attempts, g.request_body, p.uid, g.reply_body, g.poll_body, g.status, g.owner,
      g.owned_at
    FROM json_each(?) AS wanted CROSS JOIN generation AS g ON g.id = wanted.value
    LEFT JOIN generation AS p ON p.id = g.parent_id
    """
  private static let requestSQL = """
    SELECT g.id, g.attempts, g.request_body, p.uid
    FROM json_each(?) AS wanted CROSS JOIN generation AS g ON g.id = wanted.value
    LEFT JOIN generation AS p ON p.id = g.parent_id
    """
  static func eventSQL(_ scope: GenerationScope) -> String {
    """
    SELECT e.generation_id, e.at, e.kind, e.detail \(scope.source("event", "e"))
    WHERE \(scope.condition("e")) ORDER BY e.generation_id, e.sequence
    """
  }
  static func collectionSQL(_ scope: GenerationScope) -> String {
    """
    SELECT i.generation_id, c.name, i.position \(scope.source("collection_item", "i"))
    CROSS JOIN collection AS c ON c.id = i.collection_id
    WHERE \(scope.condition("i")) ORDER BY i.generation_id
    """
  }
  static func stampSQL(_ scope: GenerationScope) -> String {
    """
    SELECT e.generation_id, e.field, e.at \(scope.source("field_edit", "e"))
    WHERE \(scope.condition("e")) ORDER BY e.generation_id
    """
  }
}

extension RecordArchive {
  /// - Parameter row: of `ArchiveLoader.eventSQL`.
  mutating func addEvent(_ row: borrowing RawRows) {
    events.append(
      Event(
        at: Timestamp(milliseconds: row.integer(1)), kind: row.text(2),
        detail: row.optionalText(3)))
  }

  /// - Parameter row: of `ArchiveLoader.collectionSQL`.
  mutating func addCollection(_ row: borrowing RawRows) {
    collections[ExactText(row.text(1))] = row.integer(2)
  }

  /// - Parameter row: of `ArchiveLoader.stampSQL`.
  mutating func addStamp(_ row: borrowing RawRows) {
    guard let field = EditField(row.text(1)) else { return }
    edits[field] = Timestamp(milliseconds: row.integer(2))
  }
}
