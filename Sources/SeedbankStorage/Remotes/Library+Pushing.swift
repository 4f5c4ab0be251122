import FoundationEssentials
internal import GRDB
package import SeedbankModel

extension Library {
  /// How many generations a push would send.
  ///
  /// - Parameter ids: only of these generations; nil for all.
  package func unpushedGenerations(for remote: String, of ids: [GenerationID]? = nil) throws -> Int
  {
    try read { database in
      let cursor = try Self.cursor(of: remote, in: database)
      return try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM (\(Self.changed)) \(ids == nil ? "" : "WHERE \(Self.chosen)")
          """,
        arguments: [
          "version": cursor.version, "id": cursor.generation,
        ] + Self.argument(ids)) ?? 0
    }
  }

  /// The changed generations behind a cursor.
  ///
  /// A comparison of pairs would be shorter, but SQLite uses only the first column of the index for it, and
  /// reads all generations that have the version of the cursor.
  private static let changed = """
    SELECT id, version FROM changed_generation WHERE version = :version AND id > :id
    UNION ALL SELECT id, version FROM changed_generation WHERE version > :version
    """

  private static let chosen = "id IN (SELECT value FROM json_each(:ids))"

  private static func argument(_ ids: [GenerationID]?) -> StatementArguments {
    ids.map { ["ids": JSONList.text($0.map(\.rawValue))] } ?? [:]
  }

  /// Returns the next records to push; nil if nothing changed.
  ///
  /// - Parameters:
  ///   - ids: only of these generations, without the fields of the library; nil for all.
  ///   - after: with `ids`, only generations with a greater id.
  ///   - end: without `ids`, only generations that changed before this version.
  ///   - limit: the maximum number of generations.
  ///   - bytes: of lines, after which no more generations are added. No library reads a segment that is much
  ///     larger.
  ///   - damaged: images whose files are not sent; the records say that they are missing.
  package func changedRecords(
    for remote: String, of ids: [GenerationID]? = nil, after: GenerationID = GenerationID(0),
    before end: Int64 = .max, limit: Int, bytes: Int = 64 << 20, without damaged: Set<Digest> = []
  ) throws -> ChangedRecords? {
    try read { database in
      let cursor = try Self.cursor(of: remote, in: database)
      let isPart = ids != nil
      var next = cursor
      var lines = ChangedLines()
      if !isPart { next.field = try lines.add(fieldsAfter: cursor.field, in: database) }
      let changed = try Self.changedRows(
        after: cursor, of: ids, behind: after, limit: limit, in: database)
      // Records from before the remote was added are the first ones, and are a separate segment.
      let initial: ArraySlice<Row> = isPart ? [] : changed.prefix { $0[1] as Int64 == 0 }
      let due = changed.prefix { isPart || ($0[1] as Int64) < end }
      let rows = initial.isEmpty ? due : initial
      guard next != cursor || !rows.isEmpty else { return nil }
      let known = try KnownImages(on: remote, in: database, damaged: damaged)
      try lines.add(rows, known, limit: bytes, folder: folder, in: database)
      if !isPart, let last = lines.versions.last {
        (next.version, next.generation) = (last.version, last.generation.rawValue)
      }
      return ChangedRecords(
        lines: lines.bytes, generations: lines.generations, deletions: lines.deletions,
        images: lines.images, recorded: lines.recorded, damaged: damaged, cursor: next,
        part: isPart ? lines.versions : [],
        last: lines.versions.map(\.generation).max() ?? after,
        isInitial: !initial.isEmpty, restarts: !isPart && cursor.restarts,
        completes: try !isPart && !Self.hasChanges(after: next, in: database))
    }
  }

  /// The changed generations behind a cursor, with their versions.
  private static func changedRows(
    after cursor: PushCursor, of ids: [GenerationID]?, behind last: GenerationID, limit: Int,
    in database: Database
  ) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT id, version FROM (\(Self.changed))
        \(ids == nil ? "ORDER BY version, id" : "WHERE id > :after AND \(Self.chosen) ORDER BY id")
        LIMIT :limit
        """,
      arguments: ["version": cursor.version, "id": cursor.generation, "limit": limit]
        + (ids == nil ? [:] : ["after": last.rawValue]) + Self.argument(ids))
  }

  /// Whether a push would write a segment.
  ///
  /// - Parameter ids: only of these generations; nil for all changes.
  package func hasUnpushed(for remote: String, of ids: [GenerationID]?) throws -> Bool {
    if ids != nil { return try unpushedGenerations(for: remote, of: ids) > 0 }
    return try read { try Self.hasUnpushed(for: remote, in: $0) }
  }

  static func hasUnpushed(for remote: String, in database: Database) throws -> Bool {
    try hasChanges(after: cursor(of: remote, in: database), in: database)
  }

  private static func hasChanges(
    after cursor: PushCursor, in database: Database
  ) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (\(Self.changed))
          OR EXISTS (SELECT 1 FROM changed_field WHERE version > :field)
        """,
      arguments: [
        "version": cursor.version, "id": cursor.generation, "field": cursor.field,
      ]) ?? false
  }

  /// Notes that the segment of this counter is about to be written.
  package func begin(segment counter: Int64, to remote: String) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE remote SET pending_counter = ? WHERE name = ?", arguments: [counter, remote])
    }
  }

  /// Notes that a segment is on the remote.
  ///
  /// Generations whose files could not be sent count as changed again: nothing in the library changes if a
  /// person puts a file back.
  ///
  /// - Returns: the version of the first of these changes, which the next push sends; nil if there is none.
  @discardableResult
  package func finish(
    _ records: ChangedRecords, segment counter: Int64, by library: String, to remote: String
  ) throws -> Int64? {
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
      // Another remote may not have them yet, and then this one gets them twice.
      let remotes = try Int.fetchOne(database, sql: "SELECT count(*) FROM remote")
      // A push that sends all records again must send these too.
      if !records.part.isEmpty, remotes == 1, !cursor.restarts {
        let sent = try database.makeStatement(
          sql: "DELETE FROM changed_generation WHERE id = ? AND version = ?")
        for part in records.part {
          try sent.execute(arguments: [part.generation.rawValue, part.version])
        }
      }
      guard !records.damaged.isEmpty else { return nil }
      let last = try Int64.fetchOne(database, sql: "SELECT version FROM change_clock") ?? 0
      for digest in records.damaged { try ChangeTracking.countFile(digest, in: database) }
      return last + 1
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

/// The images that are recorded for a remote.
struct KnownImages {
  private let statement: Statement
  private let remote: String
  private let damaged: Set<Digest>
  private let isSending: Bool

  /// - Parameters:
  ///   - damaged: images whose files are not sent.
  ///   - isSending: whether the other files are sent before the record.
  init(
    on remote: String, in database: Database, damaged: Set<Digest> = [], isSending: Bool = true
  ) throws {
    statement = try database.makeStatement(
      sql: "SELECT EXISTS (SELECT 1 FROM remote_image WHERE sha256 = ? AND remote = ?)")
    self.remote = remote
    self.damaged = damaged
    self.isSending = isSending
  }

  /// The record as the remote is to have it, the images that must be there before it, and those that are
  /// recorded for the remote.
  ///
  /// An image that is neither here nor recorded for that remote is missing in the record.
  func prepare(
    _ record: GenerationRecord
  ) throws -> (record: GenerationRecord, unsent: [PushedImage], recorded: [PushedImage]) {
    var (record, unsent, recorded) = (record, [PushedImage](), [PushedImage]())
    func isKnown(_ digest: Digest) throws -> Bool {
      try Bool.fetchOne(statement, arguments: [digest.bytes.data, remote]) == true
    }
    func note(_ image: PushedImage, isHere: Bool, isKnown: Bool) {
      if isKnown { recorded.append(image) } else if isHere { unsent.append(image) }
    }
    for index in record.images.indices {
      let image = record.images[index]
      let isHere =
        isSending && !image.isMissing && !image.isRemote && !damaged.contains(image.digest)
      let isKnown = try isKnown(image.digest)
      record.images[index].isMissing = !isHere && !isKnown
      record.images[index].isRemote = false
      note(
        PushedImage(digest: image.digest, format: image.format, bytes: image.bytes),
        isHere: isHere, isKnown: isKnown)
    }
    record.references = try record.references.map { image in
      let isHere = isSending && image.place == .library && !damaged.contains(image.digest)
      let isKnown = try isKnown(image.digest)
      note(
        PushedImage(digest: image.digest, format: image.format, bytes: image.bytes),
        isHere: isHere, isKnown: isKnown)
      return ReferenceImage(
        position: image.position, role: image.role, digest: image.digest, format: image.format,
        width: image.width, height: image.height, bytes: image.bytes,
        missingSince: isHere || isKnown ? nil : Timestamp(milliseconds: 0))
    }
    return (record, unsent, recorded)
  }
}

extension GenerationRecord {
  /// The record as it may leave the machine: without paths, and without replies, which can contain
  /// signed addresses.
  var forRemotes: GenerationRecord {
    var record = withoutPaths
    record.archive?.replyBody = nil
    record.archive?.pollBody = nil
    // The library that adopts it can poll the job; only the owner knows the offered images.
    if record.status == .ready, record.jobID != nil { record.status = .pending }
    return record
  }
}
