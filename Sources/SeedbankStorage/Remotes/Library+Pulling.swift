import FilePaths
import FoundationEssentials
internal import GRDB
package import SeedbankModel

extension Library {
  /// Whether it has no generation, so that many segments can be merged at once.
  package func isEmpty() throws -> Bool { try read { try Self.isEmpty($0) } }

  static func isEmpty(_ database: Database) throws -> Bool {
    try database.integer("SELECT 1 FROM generation LIMIT 1") == nil
  }

  /// Merges the lines of segments, and notes in the same transaction that they were read.
  ///
  /// - Parameters:
  ///   - descriptor: of a file with JSON Lines, without the headers of the segments.
  ///   - progress: told the number of lines now and then.
  /// - Throws: `RestoreError`, `LibraryError`.
  package func merge(
    _ segments: PulledSegments, reading descriptor: Int32, at now: Timestamp,
    progress: (Int) -> Void = { _ in }
  ) throws -> RestoreReport {
    try write { try merge(segments, reading: descriptor, at: now, in: $0, progress: progress) }
  }

  /// Merges the lines of segments only if the library has all generations and all edits in them.
  ///
  /// Then this notes the images that the segments say to be on their remote.
  ///
  /// - Returns: whether the library has them. If not, nothing is changed.
  /// - Throws: `RestoreError`, `LibraryError`.
  package func mergeIfKnown(
    _ segments: PulledSegments, reading descriptor: Int32, at now: Timestamp
  ) throws -> Bool {
    do {
      try write { database in
        let report = try merge(segments, reading: descriptor, at: now, in: database)
        guard report.isKnown else { throw UnknownSegments() }
      }
      return true
    } catch is UnknownSegments {
      return false
    }
  }

  /// Rolls a transaction back.
  private struct UnknownSegments: Error {}

  private func merge(
    _ segments: PulledSegments, reading descriptor: Int32, at now: Timestamp,
    in database: Database, progress: (Int) -> Void = { _ in }
  ) throws -> RestoreReport {
    let images = try PulledImages(
      of: segments.remote, sorting: Self.isEmpty(database), in: database)
    let report = try ChangeTracking.merging(database) {
      try restore(
        reading: descriptor, path: "segment", at: now, bringingBack: false, since: segments.start,
        from: "pull from \(segments.remote)", in: database, progress: progress,
        inspect: { try images.note($0) })
    }
    try images.finish()
    try Self.forgetUnused(report.removedImages, in: database)
    try Self.distrust(report.erased, on: segments.remote, in: database)
    if let progress = segments.progress {
      try Self.note(progress, of: segments.library, with: segments.remote, in: database)
    }
    for (library, counter) in segments.counters {
      let progress = RemoteProgress(counter: counter, head: nil)
      try Self.note(progress, of: library, with: segments.remote, in: database)
    }
    return report
  }

  /// Forgets that a remote has images of erased generations, and of the trash, whose files are here: a prune may
  /// remove them, and the next record that refers to one must send it again.
  private static func distrust(
    _ erased: Set<GenerationID>, on remote: String, in database: Database
  ) throws {
    guard !erased.isEmpty else { return }
    // One that was restored before may not change again, so it counts as changed. One in the trash does not: a
    // library that sends it keeps its images on the remote.
    try database.execute(
      sql: """
        UPDATE change_clock SET version = version + 1;
        INSERT OR REPLACE INTO changed_generation(id, version)
        SELECT generation_id, (SELECT version FROM change_clock) FROM (\(Self.files))
        WHERE missing_since IS NULL AND generation_id IN (
          SELECT generation.id FROM json_each(:erased) JOIN generation ON generation.id = value
          WHERE trashed_at IS NULL);
        DELETE FROM remote_image WHERE remote = :remote AND sha256 IN (
          SELECT sha256 FROM (\(Self.files)) WHERE missing_since IS NULL AND generation_id IN (
            SELECT id FROM generation WHERE trashed_at IS NOT NULL
            UNION SELECT value FROM json_each(:erased)))
        """, arguments: ["erased": JSONList.text(erased.map(\.rawValue)), "remote": remote])
  }

  /// Forgets which remotes have some images, unless a generation has them.
  private static func forgetUnused(_ images: Set<Digest>, in database: Database) throws {
    for digest in images {
      try database.run(
        """
        DELETE FROM remote_image
        WHERE sha256 = ? AND NOT EXISTS (
          SELECT 1 FROM (\(Self.files)) AS file WHERE file.sha256 = remote_image.sha256)
        """, .blob(digest.bytes))
    }
  }

  /// Notes that a remote has image files.
  package func note(_ digests: [Digest], on remote: String) throws {
    guard !digests.isEmpty else { return }
    try write { database in
      for digest in digests { try Self.note(digest, on: remote, in: database) }
    }
  }

  fileprivate static func note(_ digest: Digest, on remote: String, in database: Database) throws {
    try database.run(
      "INSERT OR IGNORE INTO remote_image(sha256, remote) VALUES (?, ?)", .blob(digest.bytes),
      .text(remote))
  }

  /// Images that a remote has and whose files are not here; trashed generations are left out.
  ///
  /// - Parameters:
  ///   - ids: only of these generations; nil for all.
  ///   - after: only digests behind this one, in the order of their bytes.
  package func imagesToFetch(
    from remote: String, of ids: [GenerationID]?, after: Digest?, limit: Int
  ) throws -> [PushedImage] {
    try images(
      """
      file.missing_since IS NOT NULL AND file.sha256 IN (
        SELECT sha256 FROM remote_image WHERE remote = :remote)
      """, remote, ids, after, limit)
  }

  /// Images whose files are here and that a remote has.
  package func imagesToDrop(
    on remote: String, of ids: [GenerationID], after: Digest?, limit: Int
  ) throws -> [PushedImage] {
    try images(
      """
      file.missing_since IS NULL AND file.sha256 IN (
        SELECT sha256 FROM remote_image WHERE remote = :remote)
      """, remote, ids, after, limit)
  }

  /// The rows that refer to image files.
  static let files = """
    SELECT sha256, format, bytes, missing_since, generation_id FROM image
    UNION ALL
    SELECT sha256, format, bytes, missing_since, generation_id FROM reference_image
    """

  private func images(
    _ condition: String, _ remote: String, _ ids: [GenerationID]?, _ after: Digest?, _ limit: Int
  ) throws -> [PushedImage] {
    try read { database in
      let chosen =
        ids == nil
        ? "generation.trashed_at IS NULL" : "generation.id IN (SELECT value FROM json_each(:ids))"
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT file.sha256, file.format, file.bytes
          FROM (\(Self.files)) AS file JOIN generation ON generation.id = file.generation_id
          WHERE \(condition) AND \(chosen) AND file.sha256 > :after
          GROUP BY file.sha256 ORDER BY file.sha256 LIMIT :limit
          """,
        arguments: [
          "remote": remote, "after": (after?.bytes ?? []).data, "limit": limit,
        ] + (ids.map { ["ids": JSONList.text($0.map(\.rawValue))] } ?? [:]))
      return rows.compactMap { row in
        Digest(bytes: row[0] as Data).map {
          PushedImage(digest: $0, format: row[1], bytes: row[2])
        }
      }
    }
  }

  /// Removes the file of an image that a remote has.
  ///
  /// The rows are marked first, so a stop in between leaves a file without use, never a row that
  /// promises one.
  package func drop(_ image: PushedImage, at now: Timestamp) throws {
    let claim = try claimStore(for: .judging)
    defer { withExtendedLifetime(claim) {} }
    try write { database in
      for table in ["image", "reference_image"] {
        try database.execute(
          sql: "UPDATE \(table) SET missing_since = ? WHERE sha256 = ?",
          arguments: [now.milliseconds, image.digest.bytes.data])
      }
    }
    let path =
      folder.path + "/" + LibraryFolder.relativePath(of: image.digest, format: image.format)
    FileSystem.removeIfPresent(path)
    guard !FileSystem.exists(path) else { throw FileSystem.failure("remove", path) }
  }
}

/// Notes the images that the records of a segment say to be on its remote.
private struct PulledImages {
  private let remote: String
  private let isSorting: Bool
  private let database: Database

  /// - Parameter sorting: whether to collect the images first. Digests come in no order, and to insert a
  ///   million of them one by one reads and writes pages all over the table.
  init(of remote: String, sorting: Bool, in database: Database) throws {
    self.remote = remote
    isSorting = sorting
    self.database = database
    if sorting {
      try database.execute(sql: "CREATE TEMP TABLE pulled_image(sha256 BLOB NOT NULL)")
    }
  }

  func note(_ record: GenerationRecord) throws {
    for image in record.images where !image.isMissing { try note(image.digest) }
    for reference in record.references where reference.place == .library {
      try note(reference.digest)
    }
  }

  private func note(_ digest: Digest) throws {
    if isSorting {
      try database.run("INSERT INTO pulled_image(sha256) VALUES (?)", .blob(digest.bytes))
    } else {
      try Library.note(digest, on: remote, in: database)
    }
  }

  func finish() throws {
    guard isSorting else { return }
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO remote_image(sha256, remote)
        SELECT DISTINCT sha256, ? FROM pulled_image ORDER BY sha256
        """, arguments: [remote])
    try database.execute(sql: "DROP TABLE pulled_image")
  }
}
