import FoundationEssentials
internal import GRDB
import SeedbankModel

/// A file that image rows speak of, once, with what they say.
struct CataloguedFile: Sendable {
  let digest: Digest
  let format: String
  let width: Int
  let height: Int
  let bytes: Int64
  /// Whether the perceptual hash of a decoded image is missing.
  let lacksHash: Bool
  let isMarkedMissing: Bool
  let generations: [GenerationID]

  var relativePath: String { LibraryFolder.relativePath(of: digest, format: format) }

  /// Whether the file was kept without being decoded.
  var isUndecoded: Bool { width == 0 }

  /// As `wrongDescription` shows it.
  var description: String { "\(format) \(width)x\(height)" }

  /// The files after `cursor` in the order of their digests, at most `limit`.
  static func page(
    after cursor: Digest?, limit: Int, in database: Database
  ) throws -> [CataloguedFile] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT sha256, format, width, height, bytes, min(phash IS NOT NULL OR width = 0), max(missing_since),
          group_concat(generation_id)
        FROM image WHERE sha256 > ? GROUP BY sha256, format ORDER BY sha256, format LIMIT ?
        """)
    return try Row.fetchAll(statement, arguments: [cursor?.bytes.data ?? Data(), limit]).compactMap
    {
      row in
      guard let digest = Digest(bytes: row[0] as Data) else { return nil }
      let ids = (row[7] as String).split(separator: ",").compactMap { Int64($0) }
      return CataloguedFile(
        digest: digest, format: row[1], width: row[2], height: row[3], bytes: row[4],
        lacksHash: !(row[5] as Bool), isMarkedMissing: row[6] != nil,
        generations: ids.sorted().map { GenerationID($0) })
    }
  }
}
