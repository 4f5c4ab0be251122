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

  static func image(_ row: Row) -> CataloguedImage? {
    guard let digest = Digest(bytes: row["sha256"] as Data) else { return nil }
    return CataloguedImage(
      position: row["position"], digest: digest, format: row["format"], width: row["width"],
      height: row["height"], bytes: row["bytes"],
      perceptualHash: (row["phash"] as Int64?).map { UInt64(bitPattern: $0) },
      missingSince: (row["missing_since"] as Int64?).map(Timestamp.init(milliseconds:)),
      isOnRemote: row[FilePlace.column])
  }
}
