internal import GRDB
import SeedbankModel

/// Inserts generations, one prepared statement each kind, within one transaction.
struct GenerationWriter {
  private let database: Database
  /// The latest creation time of any row so far: an earlier one makes a row `late`.
  private var latest: Int64
  private var tagIDs: [String: Int64] = [:]

  /// The library that owns what is inserted; nil if all of it is finished.
  private let owner: LibraryID?

  init(_ database: Database, owner: LibraryID?) throws {
    self.database = database
    self.owner = owner
    // The latest of all is never late, and among those that are not the index knows it at once.
    latest =
      try Int64.fetchOne(
        database, sql: "SELECT max(created_at) FROM generation WHERE late = 0") ?? .min
  }

  /// Writes the rows of `draft` and its entry in the search index; returns its id.
  mutating func insert(_ draft: GenerationDraft) throws -> GenerationID {
    let draft = draft.withoutNUL
    let promptID = try PromptTable.id(of: draft.prompt, in: database)
    let createdAt = draft.createdAt.milliseconds
    let parameters = draft.parameters
    let statement = try database.cachedStatement(sql: Self.insertSQL)
    try statement.execute(arguments: [
      "uid": draft.uid.data, "prompt_id": promptID, "status": draft.status.rawValue,
      "created_at": createdAt, "completed_at": draft.completedAt?.milliseconds,
      "late": createdAt < latest ? 1 : 0, "model": parameters.model, "size": parameters.size,
      "width": parameters.width, "height": parameters.height, "seed": parameters.seed?.columns.seed,
      "seed_high": parameters.seed?.columns.high,
      "guidance_scale": parameters.guidanceScale, "watermark": parameters.watermark,
      "response_format": parameters.responseFormat, "rating": draft.rating,
      "favorite": draft.isFavorite, "trashed_at": draft.trashedAt?.milliseconds,
      "parent_id": draft.parent?.rawValue, "parent_change": draft.parentChange,
      "verdict": draft.verdict?.kind, "verdict_detail": draft.verdict?.detail, "note": draft.note,
      "gateway": draft.gateway, "job_id": draft.jobID, "error_code": draft.failure?.code,
      "error_message": draft.failure?.message, "usage": draft.usage,
      "request_body": draft.requestBody?.data, "reply_body": draft.replyBody?.data,
      "poll_body": draft.pollBody?.data, "owner": owner?.bytes.data,
    ])
    let id = GenerationID(database.lastInsertedRowID)
    latest = max(latest, createdAt)
    try insertParts(of: draft, id)
    if draft.trashedAt == nil { try SearchIndex.add(id.rawValue, in: database) }
    return id
  }

  private mutating func insertParts(of draft: GenerationDraft, _ id: GenerationID) throws {
    for tag in Set(draft.tags) {
      let statement = try database.cachedStatement(
        sql: "INSERT INTO generation_tag(generation_id, tag_id) VALUES (?, ?)")
      try statement.execute(arguments: [id.rawValue, tagID(tag)])
    }
    for image in draft.images { try ImageTable.insert(image, of: id, in: database) }
    if let provenance = draft.provenance {
      let statement = try database.cachedStatement(
        sql: "INSERT INTO provenance(generation_id, tool, settings, raw) VALUES (?, ?, ?, ?)")
      try statement.execute(arguments: [
        id.rawValue, provenance.tool, provenance.settings, provenance.raw?.data,
      ])
    }
  }

  private mutating func tagID(_ tag: TagName) throws -> Int64 {
    if let known = tagIDs[tag.description] { return known }
    let id = try TagTable.id(of: tag, in: database)
    tagIDs[tag.description] = id
    return id
  }

  private static let columns = [
    "uid", "prompt_id", "status", "created_at", "completed_at", "late", "model", "size", "width",
    "height", "seed", "seed_high", "guidance_scale", "watermark", "response_format", "rating",
    "favorite",
    "trashed_at", "parent_id", "parent_change", "verdict", "verdict_detail", "note", "gateway",
    "job_id", "error_code", "error_message", "usage", "request_body", "reply_body", "poll_body",
    "owner",
  ]

  private static let insertSQL = """
    INSERT INTO generation(\(columns.joined(separator: ", ")))
    VALUES (\(columns.map { ":" + $0 }.joined(separator: ", ")))
    """
}
