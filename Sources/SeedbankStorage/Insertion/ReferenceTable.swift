import FoundationEssentials
internal import GRDB
import SeedbankModel

/// The rows that say which images a request refers to.
enum ReferenceTable {
  static let insertion = """
    INSERT INTO reference_image(
      generation_id, position, role, sha256, format, width, height, bytes, missing_since)
    VALUES (:generation_id, :position, :role, :sha256, :format, :width, :height, :bytes, :missing)
    """

  /// Adds the row.
  ///
  /// The file must exist under its final name, complete and synced.
  static func insert(
    _ reference: ReferenceImage, of id: Int64, in database: Database
  ) throws {
    try database.cachedStatement(sql: insertion).execute(arguments: [
      "generation_id": id, "position": reference.position, "role": reference.role.rawValue,
      "sha256": reference.digest.bytes.data, "format": reference.format,
      "width": reference.width, "height": reference.height, "bytes": reference.bytes,
      "missing": reference.missingSince?.milliseconds,
    ])
  }

  static func references(
    of id: GenerationID, in database: Database
  ) throws -> [ReferenceImage] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT \(FilePlace.columns("reference_image.")) FROM reference_image
        WHERE generation_id = ? ORDER BY position
        """)
    return try Row.fetchAll(statement, arguments: [id.rawValue]).compactMap(reference)
  }

  static func reference(_ row: Row) -> ReferenceImage? {
    guard let digest = Digest(bytes: row["sha256"] as Data),
      let role = ReferenceImage.Role(rawValue: row["role"])
    else { return nil }
    return ReferenceImage(
      position: row["position"], role: role, digest: digest, format: row["format"],
      width: row["width"], height: row["height"], bytes: row["bytes"],
      missingSince: (row["missing_since"] as Int64?).map(Timestamp.init(milliseconds:)),
      isOnRemote: row[FilePlace.column])
  }
}
