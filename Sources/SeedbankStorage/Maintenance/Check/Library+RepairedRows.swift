import FilePaths
import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Repairs of rows from the image files that they refer to.
///
/// Each returns false if the bytes of the file do not match its name: then the file is damaged, and not the
/// rows.
extension Library {
  /// Writes into the rows of a file what its pixels say.
  func describe(_ path: String, _ inspect: (FilePath) -> ImageInspection) throws -> Bool {
    let whole = folder.path + "/" + path
    guard let (digest, format) = LibraryFolder.image(atRelativePath: path),
      ImageStore.digest(ofFileAt: whole) == digest,
      case .sound(let found, let width, let height, let hash) = inspect(whole), found == format
    else { return false }
    try write { database in
      try database.execute(
        sql: """
          UPDATE image SET width = ?, height = ?, phash = coalesce(?, phash)
          WHERE sha256 = ? AND format = ?
          """,
        arguments: [
          width, height, hash.map { Int64(bitPattern: $0) }, digest.bytes.data, format,
        ])
      try database.execute(
        sql: "UPDATE reference_image SET width = ?, height = ? WHERE sha256 = ? AND format = ?",
        arguments: [width, height, digest.bytes.data, format])
      try Self.setSize(width, height, ofGenerationsWith: digest, format, in: database)
    }
    return true
  }

  /// Sets the size of the generations that have none, and whose first image this is.
  private static func setSize(
    _ width: Int, _ height: Int, ofGenerationsWith digest: Digest, _ format: String,
    in database: Database
  ) throws {
    let ids = try Int64.fetchAll(
      database,
      sql: """
        SELECT g.id FROM image AS i JOIN generation AS g ON g.id = i.generation_id
        WHERE i.sha256 = ? AND i.format = ? AND g.width IS NULL AND NOT EXISTS (
          SELECT 1 FROM image AS other
          WHERE other.generation_id = g.id AND other.position < i.position)
        """, arguments: [digest.bytes.data, format])
    for some in ids.chunks(of: GenerationEditor.chunk) {
      try SearchIndex.editing(some, in: database) {
        try database.execute(
          sql: """
            UPDATE generation SET width = ?, height = ?
            WHERE id IN (SELECT value FROM json_each(?))
            """, arguments: [width, height, JSONList.text(some)])
      }
    }
  }

  /// Writes the length of a file into its rows.
  func recordLength(of path: String) throws -> Bool {
    let whole = folder.path + "/" + path
    guard let (digest, format) = LibraryFolder.image(atRelativePath: path),
      let size = FileSystem.size(whole), ImageStore.digest(ofFileAt: whole) == digest
    else { return false }
    try write { database in
      for table in ["image", "reference_image"] {
        try database.execute(
          sql: "UPDATE \(table) SET bytes = ? WHERE sha256 = ? AND format = ?",
          arguments: [size, digest.bytes.data, format])
      }
    }
    return true
  }
}
