internal import GRDB
import SeedbankModel

/// Inserts generations, one prepared statement each kind, within one transaction.
struct GenerationWriter {
  private let database: Database
  private var statement: BoundStatement
  /// The latest creation time of any row so far: an earlier one makes a row `late`.
  private var latest: Int64
  private var tagIDs: [ExactText: Int64] = [:]

  /// The owner of the inserted generations; nil if all of them are finished.
  private let owner: LibraryID?

  init(_ database: Database, owner: LibraryID?) throws {
    self.database = database
    self.owner = owner
    statement = try GenerationRow.statement(in: database)
    // Only those that are not late must stay in order, and the index knows their latest at once.
    latest =
      try Int64.fetchOne(
        database, sql: "SELECT max(created_at) FROM generation WHERE late = 0") ?? .min
  }

  /// Writes the rows of `draft` and its entry in the search index; returns its id.
  mutating func insert(_ draft: GenerationDraft) throws -> GenerationID {
    let draft = draft.withoutNUL
    let promptID = try PromptTable.id(of: draft.prompt, in: database)
    let createdAt = draft.createdAt.milliseconds
    var content = GenerationContent(draft)
    content.provider = draft.provider.named(
      isRequest: draft.gateway != nil || draft.requestBody != nil)
    let row = GenerationRow(
      uid: draft.uid, promptID: promptID, status: draft.status, createdAt: draft.createdAt,
      isLate: createdAt < latest, parent: draft.parent?.rawValue, requestBody: draft.requestBody,
      replyBody: draft.replyBody, pollBody: draft.pollBody, owner: owner,
      content: PackedColumns(content))
    guard let number = try row.insert(&statement) else {
      throw DatabaseError(
        resultCode: .SQLITE_CONSTRAINT, message: "a generation with uid \(draft.uid) exists")
    }
    let id = GenerationID(number)
    latest = max(latest, createdAt)
    try insertParts(of: draft, id)
    if draft.trashedAt == nil { try SearchIndex.add(id.rawValue, in: database) }
    return id
  }

  private mutating func insertParts(of draft: GenerationDraft, _ id: GenerationID) throws {
    let tags = Set(draft.tags.map { ExactText($0.description) })
    for tag in tags.compactMap({ TagName($0.text) }) {
      let statement = try database.cachedStatement(
        sql: "INSERT INTO generation_tag(generation_id, tag_id) VALUES (?, ?)")
      try statement.execute(arguments: [id.rawValue, tagID(tag)])
    }
    for image in draft.images { try ImageTable.insert(image, of: id, in: database) }
    for reference in draft.references {
      try ReferenceTable.insert(reference, of: id.rawValue, in: database)
    }
    if let provenance = draft.provenance {
      let statement = try database.cachedStatement(
        sql: "INSERT INTO provenance(generation_id, tool, settings, raw) VALUES (?, ?, ?, ?)")
      try statement.execute(arguments: [
        id.rawValue, provenance.tool, provenance.settings, provenance.raw?.data,
      ])
    }
  }

  private mutating func tagID(_ tag: TagName) throws -> Int64 {
    let name = ExactText(tag.description)
    if let known = tagIDs[name] { return known }
    let id = try TagTable.id(of: tag, in: database)
    tagIDs[name] = id
    return id
  }
}
