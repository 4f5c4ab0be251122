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
    let (sum, overflows) = bytes.addingReportingOverflow(image.bytes)
    bytes = overflows ? .max : sum
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
    try read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(DISTINCT file.sha256)
          FROM (\(Self.files)) AS file JOIN generation ON generation.id = file.generation_id
          WHERE file.missing_since IS NOT NULL AND generation.trashed_at IS NULL
            AND file.sha256 IN (SELECT sha256 FROM remote_image WHERE remote = ?)
          """, arguments: [remote]) ?? 0
    }
  }

  /// Images that a remote is known to have, in the order of their digests.
  package func imagesOnRemote(
    _ remote: String, after: Digest?, limit: Int
  ) throws -> [PushedImage] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT file.sha256, file.format, file.bytes
          FROM remote_image JOIN (\(Self.files)) AS file ON file.sha256 = remote_image.sha256
          WHERE remote_image.remote = ? AND remote_image.sha256 > ?
          GROUP BY file.sha256 ORDER BY file.sha256 LIMIT ?
          """, arguments: [remote, (after?.bytes ?? []).data, limit])
      return rows.compactMap { row in
        Digest(bytes: row[0] as Data).map {
          PushedImage(digest: $0, format: row[1], bytes: row[2])
        }
      }
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
