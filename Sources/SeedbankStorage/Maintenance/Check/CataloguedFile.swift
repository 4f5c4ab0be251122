import FoundationEssentials
internal import GRDB
import SeedbankModel

/// A file that rows of images or reference images refer to, once, with what they say.
struct CataloguedFile: Sendable {
  let digest: Digest
  let format: String
  let width: Int
  let height: Int
  let bytes: Int64
  /// Whether the perceptual hash of a decoded image is missing.
  let hasNoFingerprint: Bool
  let isMarkedMissing: Bool
  /// Whether a remote has the file.
  let isOnRemote: Bool
  let generations: [GenerationID]

  var relativePath: String { LibraryFolder.relativePath(of: digest, format: format) }

  /// Whether the file was kept without being decoded.
  var isUndecoded: Bool { width == 0 }

  /// As `wrongDescription` shows it.
  var description: String { "\(format) \(width)x\(height)" }

  /// The files of the next `limit` digests after `cursor`, in the order of their digests.
  static func page(
    after cursor: Digest?, limit: Int, in database: Database
  ) throws -> [CataloguedFile] {
    try fetch(
      """
      images AS (
        SELECT DISTINCT sha256 FROM image WHERE sha256 > :cursor ORDER BY sha256 LIMIT :limit),
      reference_images AS (
        SELECT DISTINCT sha256 FROM reference_image WHERE sha256 > :cursor
        ORDER BY sha256 LIMIT :limit),
      wanted AS (
        SELECT sha256 FROM images UNION SELECT sha256 FROM reference_images
        ORDER BY sha256 LIMIT :limit)
      """, ["cursor": cursor?.bytes.data ?? Data(), "limit": limit], in: database)
  }

  /// The files of the last `limit` rows of images, in the order of their digests.
  static func newest(_ limit: Int, in database: Database) throws -> [CataloguedFile] {
    try fetch(
      """
      newest AS (SELECT sha256 FROM image ORDER BY id DESC LIMIT :limit),
      wanted AS (SELECT DISTINCT sha256 FROM newest)
      """, ["limit": limit], in: database)
  }

  /// - Parameter wanted: the definition of a table `wanted` with the digests.
  private static func fetch(
    _ wanted: String, _ arguments: StatementArguments, in database: Database
  ) throws -> [CataloguedFile] {
    let statement = try database.cachedStatement(
      sql: """
        WITH
          \(wanted),
          held AS (
            SELECT i.sha256, format, width, height, bytes, phash IS NOT NULL OR width = 0 AS hashed,
              missing_since, generation_id
            FROM wanted CROSS JOIN image AS i ON i.sha256 = wanted.sha256
            UNION ALL
            SELECT r.sha256, format, width, height, bytes, 1, missing_since, generation_id
            FROM wanted CROSS JOIN reference_image AS r ON r.sha256 = wanted.sha256)
        SELECT sha256, format, max(width), max(height), max(bytes), min(hashed), max(missing_since),
          group_concat(DISTINCT generation_id),
          \(FilePlace.isOnRemote("held."))
        FROM held GROUP BY sha256, format ORDER BY sha256, format
        """)
    return try Row.fetchAll(statement, arguments: arguments).compactMap { row in
      guard let digest = Digest(bytes: row[0] as Data) else { return nil }
      let ids = (row[7] as String).split(separator: ",").compactMap { Int64($0) }
      return CataloguedFile(
        digest: digest, format: row[1], width: row[2], height: row[3], bytes: row[4],
        hasNoFingerprint: !(row[5] as Bool), isMarkedMissing: row[6] != nil, isOnRemote: row[8],
        generations: ids.sorted().map { GenerationID($0) })
    }
  }
}
