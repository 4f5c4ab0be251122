import FoundationEssentials
internal import GRDB
import SeedbankModel

/// The rows that refer to image files.
enum ImageTable {
  /// Adds the row; the file must be complete, synced and under its name by now.
  static func insert(
    _ image: CataloguedImage, of id: GenerationID, in database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO image(
          generation_id, position, sha256, format, width, height, bytes, phash, missing_since)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      id.rawValue, image.position, image.digest.bytes.data, image.format, image.width,
      image.height, image.bytes, image.perceptualHash.map { Int64(bitPattern: $0) },
      image.missingSince?.milliseconds,
    ])
  }

  /// The columns that `image` reads.
  ///
  /// - Parameter row: the name of the row, with a period.
  static func columns(_ row: String) -> String {
    FilePlace.columns(
      ["position", "sha256", "format", "width", "height", "bytes", "phash", "missing_since"], row)
  }

  /// - Parameter first: the number of the first of `columns` in the row.
  static func image(_ rows: borrowing RawRows, from first: Int32) -> CataloguedImage? {
    guard let digest = Digest(bytes: rows.bytes(first + 1)) else { return nil }
    return CataloguedImage(
      position: Int(rows.integer(first)), digest: digest, format: rows.text(first + 2),
      width: Int(rows.integer(first + 3)), height: Int(rows.integer(first + 4)),
      bytes: rows.integer(first + 5),
      perceptualHash: rows.optionalInteger(first + 6).map { UInt64(bitPattern: $0) },
      missingSince: rows.optionalInteger(first + 7).map(Timestamp.init(milliseconds:)),
      isOnRemote: rows.integer(first + 8) != 0)
  }
}
