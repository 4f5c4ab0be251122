import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Reads and writes the metadata that another tool recorded for an imported image, which is in
/// three tables.
enum MetadataTable {
  static func value(of id: Int64, in database: Database) throws -> RecordedMetadata? {
    try Row.fetchOne(database.cachedStatement(sql: selectSQL), arguments: [id]).map { row in
      RecordedMetadata(
        prompt: row[0], model: row[1], seed: ImageSeed(seed: row[2], high: row[3]),
        guidanceScale: row[4], tool: row[5], settings: row[6])
    }
  }

  static func set(_ metadata: RecordedMetadata, of id: Int64, in database: Database) throws {
    let prompt = try PromptTable.id(of: metadata.prompt, in: database)
    try database.cachedStatement(
      sql: """
        UPDATE generation SET prompt_id = ?, model = ?, seed = ?, seed_high = ?, guidance_scale = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      prompt, metadata.model, metadata.seed?.columns.seed, metadata.seed?.columns.high,
      metadata.guidanceScale, id,
    ])
    if let tool = metadata.tool {
      try database.cachedStatement(
        sql: """
          INSERT INTO provenance(generation_id, tool, settings) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET tool = excluded.tool, settings = excluded.settings
          """
      ).execute(arguments: [id, tool, metadata.settings ?? "{}"])
    } else {
      try database.cachedStatement(sql: "DELETE FROM provenance WHERE generation_id = ?")
        .execute(arguments: [id])
    }
  }

  /// The tool's own text, as a value of the history: JSON text, or base64 in an object.
  static func raw(of id: Int64, in database: Database) throws -> String? {
    try Data.fetchOne(
      database.cachedStatement(sql: "SELECT raw FROM provenance WHERE generation_id = ?"),
      arguments: [id]
    ).map { rawValue(Array($0)) }
  }

  static func setRaw(_ value: String?, of id: Int64, in database: Database) throws {
    try database.cachedStatement(sql: "UPDATE provenance SET raw = ? WHERE generation_id = ?")
      .execute(arguments: [value.flatMap(rawBytes)?.data, id])
  }

  static func rawValue(_ bytes: [UInt8]) -> String {
    var writer = JSONWriter()
    if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) {
      writer.value(text)
    } else {
      writer.object { $0.member("base64", Base64.text(bytes)) }
    }
    return writer.text
  }

  /// The tool's own text of a value of the history; nil if the value has another form.
  static func rawBytes(_ value: String) -> [UInt8]? {
    if let text = FieldValue.string(value) { return Array(text.utf8) }
    return FieldValue.string(try? JSONReader.member("base64", of: value)).flatMap(Base64.bytes)
  }

  private static let selectSQL = """
    SELECT p.text, g.model, g.seed, g.seed_high, g.guidance_scale, v.tool, v.settings
    FROM generation AS g JOIN prompt AS p ON p.id = g.prompt_id
    LEFT JOIN provenance AS v ON v.generation_id = g.id WHERE g.id = ?
    """
}
