import FilePaths
import FoundationEssentials
internal import GRDB
import Platform
public import SeedbankModel

/// The images that a transfer would move.
public struct ImagePlan: Hashable, Sendable {
  /// Number of images.
  public var images = 0
  /// Size of their files in bytes.
  public var bytes: Int64 = 0

  /// Counts an image.
  ///
  /// The record of another library says how large it is, and can be wrong.
  fileprivate mutating func add(_ image: PushedImage) {
    images += 1
    bytes = bytes.addingSize(image.bytes)
  }
}

extension Library {
  /// Returns what a fetch of these generations from a remote would download.
  ///
  /// - Throws: `LibraryError`.
  public func fetchPlan(from remote: String, of ids: [GenerationID]) throws -> ImagePlan {
    try plan { try imagesToFetch(from: remote, of: ids, after: $0, limit: $1) }
  }

  /// Returns what a drop of these generations would remove, if the remote's copies are whole.
  ///
  /// - Throws: `LibraryError`.
  public func dropPlan(on remote: String, of ids: [GenerationID]) throws -> ImagePlan {
    try plan { try imagesToDrop(on: remote, of: ids, after: $0, limit: $1) }
  }

  private func plan(
    _ page: (_ after: Digest?, _ limit: Int) throws -> [PushedImage]
  ) throws -> ImagePlan {
    var plan = ImagePlan()
    var last: Digest?
    while true {
      let images = try page(last, 1_000)
      guard let end = images.last else { return plan }
      last = end.digest
      for image in images { plan.add(image) }
    }
  }

  /// Returns the number of images outside the trash that are on a remote and have no file here.
  ///
  /// - Throws: `LibraryError`.
  public func remoteImageCount(on remote: String) throws -> Int {
    try absentImageCount(
      where: "file.sha256 IN (SELECT sha256 FROM remote_image WHERE remote = :remote)", remote)
  }

  /// Returns the number of images outside the trash that are neither here nor on another remote.
  ///
  /// - Throws: `LibraryError`.
  public func imageCount(onlyOn remote: String) throws -> Int {
    try absentImageCount(
      where: """
        file.sha256 IN (SELECT sha256 FROM remote_image WHERE remote = :remote)
        AND file.sha256 NOT IN (SELECT sha256 FROM remote_image WHERE remote <> :remote)
        """, remote)
  }

  private func absentImageCount(where condition: String, _ remote: String) throws -> Int {
    try read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(DISTINCT file.sha256)
          FROM (\(Self.files)) AS file JOIN generation ON generation.id = file.generation_id
          WHERE file.missing_since IS NOT NULL AND generation.trashed_at IS NULL AND \(condition)
          """, arguments: ["remote": remote]) ?? 0
    }
  }

  /// The number of images that are recorded for a remote.
  package func recordedImageCount(on remote: String) throws -> Int {
    try read { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM remote_image WHERE remote = ?", arguments: [remote])
        ?? 0
    }
  }

  /// Images that are recorded for a remote, in the order of their digests.
  ///
  /// - Parameter limit: of rows; an image that several generations have needs several.
  package func imagesOnRemote(
    _ remote: String, after: Digest?, limit: Int
  ) throws -> [PushedImage] {
    try imagesOnRemote(remote, after: after?.bytes ?? [], before: nil, limit: limit)
  }

  /// The images that are recorded for a remote, and whose digests begin with a byte.
  package func imagesOnRemote(_ remote: String, startingWith byte: UInt8) throws -> [PushedImage] {
    try imagesOnRemote(
      remote, after: [byte], before: byte == .max ? nil : [byte + 1], limit: .max)
  }

  private func imagesOnRemote(
    _ remote: String, after start: [UInt8], before end: [UInt8]?, limit: Int
  ) throws -> [PushedImage] {
    try read { database in
      // As a join, SQLite would copy all images for each page.
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT file.sha256, file.format, file.bytes FROM (\(Self.files)) AS file
          WHERE file.sha256 > :start \(end == nil ? "" : "AND file.sha256 < :end")
            AND EXISTS (
              SELECT 1 FROM remote_image
              WHERE remote_image.sha256 = file.sha256 AND remote_image.remote = :remote)
          ORDER BY file.sha256 LIMIT :limit
          """,
        arguments: ["start": start.data, "remote": remote, "limit": limit]
          + (end.map { ["end": $0.data] } ?? [:]))
      var images: [PushedImage] = []
      for row in rows {
        guard let digest = Digest(bytes: row[0] as Data), digest != images.last?.digest else {
          continue
        }
        images.append(PushedImage(digest: digest, format: row[1], bytes: row[2]))
      }
      return images
    }
  }

  /// Notes that a remote does not have a whole copy of an image file.
  ///
  /// - Returns: whether the file is here. Then the next push sends it.
  @discardableResult
  package func note(absent digest: Digest, on remote: String) throws -> Bool {
    try write { database in
      try database.execute(
        sql: "DELETE FROM remote_image WHERE sha256 = ? AND remote = ?",
        arguments: [digest.bytes.data, remote])
      return try ChangeTracking.countFile(digest, in: database)
    }
  }

  /// Notes that image files were removed from a remote because nothing on it refers to them.
  package func forget(_ digests: [Digest], on remote: String) throws {
    try write { database in
      let statement = try database.makeStatement(
        sql: "DELETE FROM remote_image WHERE sha256 = ? AND remote = ?")
      for digest in digests { try statement.execute(arguments: [digest.bytes.data, remote]) }
    }
  }

  /// A file without a name in the library's folder, open for reading and writing.
  package func temporaryFile() throws -> Int32 {
    try FileSystem.makeFolder(folder.incoming)
    // O_TMPFILE is a macro that Swift does not see, and not every file system has it.
    let path = folder.incoming + "/segment-\(getpid())-\(pthread_self())"
    let descriptor = FilePaths.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileSystem.failure("create", path) }
    FileSystem.removeIfPresent(path)
    return descriptor
  }
}
