import FoundationEssentials
internal import GRDB

/// Reads whole records with all that a dump adds: a few statements for a page of generations.
enum ArchiveLoader {
  static func load(
    _ ids: [GenerationID], folder: LibraryFolder, in database: Database
  ) throws -> [GenerationRecord] {
    let list = JSONList.text(ids.map(\.rawValue))
    var parents: [Int64: UID] = [:]
    var archives: [Int64: RecordArchive] = [:]
    try forEach(bodySQL, list, database) { row in
      var archive = RecordArchive()
      archive.attempts = row["attempts"]
      archive.requestBody = (row["request_body"] as Data?).map(Array.init)
      archive.replyBody = (row["reply_body"] as Data?).map(Array.init)
      archive.pollBody = (row["poll_body"] as Data?).map(Array.init)
      archives[row["id"]] = archive
      parents[row["id"]] = (row["parent_uid"] as Data?).flatMap { UID(bytes: $0) }
    }
    try forEach(eventSQL, list, database) { row in
      archives[row[0]]?.events.append(
        Event(at: Timestamp(milliseconds: row[1]), kind: row[2], detail: row[3]))
    }
    try forEach(collectionSQL, list, database) { row in
      archives[row[0]]?.collections[row[1]] = row[2]
    }
    try forEach(stampSQL, list, database) { row in
      if let field = EditField(row[1] as String) {
        archives[row[0]]?.edits[field] = Timestamp(milliseconds: row[2])
      }
    }
    return try GenerationLoader.load(ids, in: database).map { generation in
      let id = generation.id.rawValue
      var record = GenerationRecord(generation, folder: folder, parentUID: parents[id])
      record.archive = archives[id]
      return record
    }
  }

  private static func forEach(
    _ sql: String, _ list: String, _ database: Database, _ body: (Row) -> Void
  ) throws {
    let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: [list])
    while let row = try rows.next() { body(row) }
  }

  private static let bodySQL = """
    SELECT g.id, g.attempts, g.request_body, g.reply_body, g.poll_body, p.uid AS parent_uid
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
