import FoundationEssentials
internal import GRDB
package import SeedbankModel

/// Records that changed since the last push: one segment of a remote.
package struct ChangedRecords: Sendable {
  /// JSON Lines, without the header.
  package let lines: [UInt8]
  package let generations: Int
  /// The images of these records whose files are in this library and not yet on the remote.
  package let images: [PushedImage]
  let cursor: PushCursor
}

/// An image file to be written to a remote.
package struct PushedImage: Hashable, Sendable {
  package let digest: Digest
  package let format: String
  package let bytes: Int64
}

/// How far the changes of a library have been pushed to a remote.
struct PushCursor: Hashable, Sendable {
  var version: Int64
  var generation: Int64
  var field: Int64
}

extension Library {
  /// How many generations a push would send.
  package func unpushedGenerations(for remote: String) throws -> Int {
    try read { database in
      let cursor = try Self.cursor(of: remote, in: database)
      return try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM changed_generation WHERE (version, id) > (?, ?)",
        arguments: [cursor.version, cursor.generation]) ?? 0
    }
  }

  /// The next records to push, or nil if nothing changed.
  ///
  /// - Parameters:
  ///   - limit: at most so many generations.
  ///   - damaged: images whose files are not sent; the records say that they are missing.
  package func changedRecords(
    for remote: String, limit: Int, without damaged: Set<Digest> = []
  ) throws -> ChangedRecords? {
    try read { database in
      let cursor = try Self.cursor(of: remote, in: database)
      var next = cursor
      var writer = JSONWriter()
      let fields = try Row.fetchAll(
        database,
        sql: "SELECT field, version FROM changed_field WHERE version > ? ORDER BY field",
        arguments: [cursor.field])
      for row in fields {
        next.field = max(next.field, row[1])
        guard let field = EditField(row[0] as String) else { continue }
        let at = try Int64.fetchOne(
          database, sql: "SELECT at FROM library_edit WHERE field = ?",
          arguments: [field.description])
        let line = LibraryField(
          field: field, value: try LibraryFields.value(field, in: database),
          editedAt: at.map(Timestamp.init(milliseconds:)))
        DumpLine.field(line).write(to: &writer)
        writer.newline()
      }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT id, version FROM changed_generation WHERE (version, id) > (?, ?)
          ORDER BY version, id LIMIT ?
          """, arguments: [cursor.version, cursor.generation, limit])
      if let last = rows.last { (next.version, next.generation) = (last[1], last[0]) }
      guard next != cursor else { return nil }
      let ids = rows.map { GenerationID($0[0] as Int64) }.sorted()
      var images: [PushedImage] = []
      var count = 0
      for record in try ArchiveLoader.load(ids, folder: folder, in: database) {
        var record = record.forRemotes
        for index in record.images.indices where damaged.contains(record.images[index].digest) {
          record.images[index].isMissing = true
        }
        record.write(to: &writer)
        writer.newline()
        count += 1
        images += record.images.filter { !$0.isMissing }.map {
          PushedImage(digest: $0.digest, format: $0.format, bytes: $0.bytes)
        }
        images += record.references.filter { $0.missingSince == nil }.map {
          PushedImage(digest: $0.digest, format: $0.format, bytes: $0.bytes)
        }
      }
      let known = try database.makeStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM remote_image WHERE sha256 = ? AND remote = ?)")
      var seen: Set<Digest> = []
      images = try images.filter { image in
        guard !damaged.contains(image.digest), seen.insert(image.digest).inserted else {
          return false
        }
        return try Bool.fetchOne(known, arguments: [image.digest.bytes.data, remote]) != true
      }
      return ChangedRecords(
        lines: writer.bytes, generations: count, images: images, cursor: next)
    }
  }

  /// Notes that the segment of this counter is about to be written.
  package func begin(segment counter: Int64, to remote: String) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE remote SET pending_counter = ? WHERE name = ?", arguments: [counter, remote])
    }
  }

  /// Notes that a segment is on the remote.
  package func finish(
    _ records: ChangedRecords, segment counter: Int64, by library: String, to remote: String
  ) throws {
    try write { database in
      let cursor = records.cursor
      try database.execute(
        sql: """
          UPDATE remote SET pushed_version = ?, pushed_generation = ?, pushed_field = ?,
            pending_counter = NULL WHERE name = ?
          """, arguments: [cursor.version, cursor.generation, cursor.field, remote])
      try database.execute(
        sql: """
          INSERT INTO remote_progress(remote, library, counter) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET counter = excluded.counter
          """, arguments: [remote, library, counter])
    }
  }

  private static func cursor(of remote: String, in database: Database) throws -> PushCursor {
    let row = try Row.fetchOne(
      database,
      sql: "SELECT pushed_version, pushed_generation, pushed_field FROM remote WHERE name = ?",
      arguments: [remote])
    guard let row else { throw RemoteNameError.unknown(remote) }
    return PushCursor(version: row[0], generation: row[1], field: row[2])
  }
}

extension GenerationRecord {
  /// The record as it may leave the machine: without paths, and without replies, which can contain
  /// signed addresses.
  var forRemotes: GenerationRecord {
    var record = withoutPaths
    record.archive?.replyBody = nil
    record.archive?.pollBody = nil
    // The job can be polled by the library that adopts it; what it offered is known to the owner alone.
    if record.status == .ready, record.jobID != nil { record.status = .pending }
    return record
  }
}
