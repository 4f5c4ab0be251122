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
    var rows = try RawRows(
      """
      SELECT \(columns("reference_image.")) FROM reference_image
      WHERE generation_id = ? ORDER BY position
      """, .integer(id.rawValue), in: database)
    var references: [ReferenceImage] = []
    while try rows.next() {
      if let reference = reference(rows, from: 0) { references.append(reference) }
    }
    return references
  }

  /// The columns that `reference` reads.
  ///
  /// - Parameter row: the name of the row, with a period.
  static func columns(_ row: String) -> String {
    FilePlace.columns(
      ["position", "role", "sha256", "format", "width", "height", "bytes", "missing_since"], row)
  }

  /// - Parameter first: the number of the first of `columns` in the row.
  static func reference(_ rows: borrowing RawRows, from first: Int32) -> ReferenceImage? {
    guard let role = ReferenceImage.Role(rawValue: rows.text(first + 1)),
      let digest = Digest(bytes: rows.bytes(first + 2))
    else { return nil }
    return ReferenceImage(
      position: Int(rows.integer(first)), role: role, digest: digest,
      format: rows.text(first + 3), width: Int(rows.integer(first + 4)),
      height: Int(rows.integer(first + 5)), bytes: rows.integer(first + 6),
      missingSince: rows.optionalInteger(first + 7).map(Timestamp.init(milliseconds:)),
      isOnRemote: rows.integer(first + 8) != 0)
  }
}
