import FoundationEssentials
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
    let list = JSONList.text(ids.map(\.rawValue))
    var parts: [GenerationID: ArchivedParts] = [:]
    try forEach(withReplies ? bodySQL : requestSQL, list, database) { row in
      var archive = RecordArchive()
      archive.attempts = row["attempts"]
      archive.requestBody = (row["request_body"] as Data?).map(Array.init)
      if withReplies {
        archive.replyBody = (row["reply_body"] as Data?).map(Array.init)
        archive.pollBody = (row["poll_body"] as Data?).map(Array.init)
      }
      var own = ArchivedParts(
        archive: archive, parentUID: (row["parent_uid"] as Data?).flatMap { UID(bytes: $0) })
      if withReplies {
        own.archive.owner = (row["owner"] as Data?).map { LibraryID(bytes: Array($0)) }
        own.archive.ownedAt = (row["owned_at"] as Int64?).map(Timestamp.init(milliseconds:))
        own.storedStatus = Status(rawValue: row["status"])
      }
      parts[GenerationID(row["id"])] = own
    }
    try forEach(eventSQL, list, database) { row in
      parts[GenerationID(row[0])]?.archive.events.append(
        Event(at: Timestamp(milliseconds: row[1]), kind: row[2], detail: row[3]))
    }
    try forEach(collectionSQL, list, database) { row in
      parts[GenerationID(row[0])]?.archive.collections[row[1]] = row[2]
    }
    try forEach(stampSQL, list, database) { row in
      if let field = EditField(row[1] as String) {
        parts[GenerationID(row[0])]?.archive.edits[field] = Timestamp(milliseconds: row[2])
      }
    }
    return parts
  }

  private static func forEach(
    _ sql: String, _ list: String, _ database: Database, _ body: (Row) -> Void
  ) throws {
    let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: [list])
    while let row = try rows.next() { body(row) }
  }

  private static let bodySQL = """
    SELECT g.id, g.attempts, g.request_body, g.reply_body, g.poll_body, g.status, g.owner, g.owned_at,
      p.uid AS parent_uid
    FROM json_each(?) AS wanted CROSS JOIN generation AS g ON g.id = wanted.value
    LEFT JOIN generation AS p ON p.id = g.parent_id
    """
  private static let requestSQL = """
    SELECT g.id, g.attempts, g.request_body, p.uid AS parent_uid
    FROM json_each(?) AS wanted CROSS JOIN generation AS g ON g.id = wanted.value
    LEFT JOIN generation AS p ON p.id = g.parent_id
    """
  private static let eventSQL = """
    SELECT e.generation_id, e.at, e.kind, e.detail
    FROM json_each(?) AS wanted CROSS JOIN event AS e ON e.generation_id = wanted.value
    ORDER BY e.generation_id, e.sequence
    """
  private static let collectionSQL = """
    SELECT i.generation_id, c.name, i.position
    FROM json_each(?) AS wanted CROSS JOIN collection_item AS i ON i.generation_id = wanted.value
    JOIN collection AS c ON c.id = i.collection_id
    """
  private static let stampSQL = """
    SELECT e.generation_id, e.field, e.at
    FROM json_each(?) AS wanted CROSS JOIN field_edit AS e ON e.generation_id = wanted.value
    """
}
