import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Reads whole generations by id, with five statements for a page of any length.
enum GenerationLoader {
  /// The generations in the order of `ids`; ids that are not there are left out.
  static func load(_ ids: [GenerationID], in database: Database) throws -> [Generation] {
    guard !ids.isEmpty else { return [] }
    let list = JSONList.text(ids.map(\.rawValue))
    var found: [GenerationID: Generation] = [:]
    let rows = try database.cachedStatement(sql: generationSQL)
    let cursor = try Row.fetchCursor(rows, arguments: [list])
    while let row = try cursor.next() {
      if let generation = generation(row) { found[generation.id] = generation }
    }
    let tags = try database.cachedStatement(sql: tagSQL)
    let tagRows = try Row.fetchCursor(tags, arguments: [list])
    while let row = try tagRows.next() {
      found[GenerationID(row["generation_id"])]?.tags.append(row["name"])
    }
    let images = try database.cachedStatement(sql: imageSQL)
    let imageRows = try Row.fetchCursor(images, arguments: [list])
    while let row = try imageRows.next() {
      if let image = ImageTable.image(row) {
        found[GenerationID(row["generation_id"])]?.images.append(image)
      }
    }
    let references = try database.cachedStatement(sql: referenceSQL)
    let referenceRows = try Row.fetchCursor(references, arguments: [list])
    while let row = try referenceRows.next() {
      if let reference = ReferenceTable.reference(row) {
        found[GenerationID(row["generation_id"])]?.references.append(reference)
      }
    }
    return ids.compactMap { found[$0] }
  }

  private static let generationSQL = """
    SELECT g.*, p.text AS prompt_text, v.tool, v.settings, v.raw,
      \(Ownership.status("g.")) AS shown_status
    FROM json_each(?) AS wanted
    CROSS JOIN generation AS g ON g.id = wanted.value
    JOIN prompt AS p ON p.id = g.prompt_id
    LEFT JOIN provenance AS v ON v.generation_id = g.id
    """
  private static let tagSQL = """
    SELECT gt.generation_id, t.name
    FROM json_each(?) AS wanted
    CROSS JOIN generation_tag AS gt ON gt.generation_id = wanted.value
    JOIN tag AS t ON t.id = gt.tag_id
    ORDER BY t.name
    """
  private static let imageSQL = """
    SELECT \(FilePlace.columns("i."))
    FROM json_each(?) AS wanted
    CROSS JOIN image AS i ON i.generation_id = wanted.value
    ORDER BY i.generation_id, i.position
    """

  private static let referenceSQL = """
    SELECT \(FilePlace.columns("r."))
    FROM json_each(?) AS wanted
    CROSS JOIN reference_image AS r ON r.generation_id = wanted.value
    ORDER BY r.generation_id, r.position
    """

  private static func generation(_ row: Row) -> Generation? {
    guard let uid = UID(bytes: row["uid"] as Data),
      let status = Status(rawValue: row["shown_status"])
    else { return nil }
    var generation = Generation(
      id: GenerationID(row["id"]), uid: uid, status: status, prompt: row["prompt_text"],
      parameters: Parameters(), createdAt: Timestamp(milliseconds: row["created_at"]))
    GenerationContent(row).apply(to: &generation)
    generation.parent = (row["parent_id"] as Int64?).map { GenerationID($0) }
    generation.provenance = (row["tool"] as String?).map {
      Provenance(tool: $0, settings: row["settings"], raw: (row["raw"] as Data?).map(Array.init))
    }
    return generation
  }
}
