import FoundationEssentials
internal import GRDB
package import SeedbankModel

/// Records that changed since the last push: one segment of a remote.
package struct ChangedRecords: Sendable {
  /// JSON Lines, without the header.
  package let lines: [UInt8]
  package let generations: Int
  /// How many of the fields of the library say that a generation was permanently deleted.
  package let deletions: Int
  /// The images of these records whose files are in this library and not yet on the remote.
  package let images: [PushedImage]
  /// Images of these records that are not sent, because their files here are missing or damaged.
  let damaged: Set<Digest>
  let cursor: PushCursor
  /// The versions of the generations, if they are only a part of the changes.
  let part: [SentVersion]
  /// The generation with the greatest id.
  package let last: GenerationID
  /// Whether they did not change since the remote was added.
  ///
  /// If it was added for a second time, it has their images.
  package let isInitial: Bool
  /// Whether they are the first ones of a push that sends all records again.
  package let restarts: Bool
  /// Whether the library has no other changes, so that its last segments contain all of its records.
  package let completes: Bool
}

/// The version of a generation that was sent.
struct SentVersion: Hashable, Sendable {
  let generation: GenerationID
  let version: Int64
}

/// An image file to be written to a remote.
package struct PushedImage: Hashable, Sendable {
  package let digest: Digest
  package let format: String
  package let bytes: Int64

  package init(digest: Digest, format: String, bytes: Int64) {
    self.digest = digest
    self.format = format
    self.bytes = bytes
  }
}

/// How far the changes of a library have been pushed to a remote.
struct PushCursor: Hashable, Sendable {
  var version: Int64
  var generation: Int64
  var field: Int64

  /// The version before all changes, if all records are sent again.
  static let restartVersion: Int64 = -2

  var restarts: Bool { version == Self.restartVersion }
}

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

  /// The most generations whose records are in memory at a time.
  private static let loadedTogether = 250
  /// The number of the first ones of a segment, whose size shows how many of the next ones have room in it.
  private static let loadedFirst = 25

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
      var next = cursor
      var writer = JSONWriter()
      var deletions = 0
      let fields =
        ids != nil
        ? []
        : try Row.fetchAll(
          database,
          sql: "SELECT field, version FROM changed_field WHERE version > ? ORDER BY field",
          arguments: [cursor.field])
      for row in fields {
        next.field = max(next.field, row[1])
        guard let field = EditField(row[0] as String) else { continue }
        if case .erased = field { deletions += 1 }
        let at = try Int64.fetchOne(
          database, sql: "SELECT at FROM library_edit WHERE field = ?",
          arguments: [field.description])
        let line = LibraryField(
          field: field, value: try LibraryFields.value(field, in: database),
          editedAt: at.map(Timestamp.init(milliseconds:)))
        DumpLine.field(line).write(to: &writer)
        writer.newline()
      }
      let changed = try Row.fetchAll(
        database,
        sql: """
          SELECT id, version FROM (\(Self.changed))
          \(ids == nil ? "ORDER BY version, id" : "WHERE id > :after AND \(Self.chosen) ORDER BY id")
          LIMIT :limit
          """,
        arguments: ["version": cursor.version, "id": cursor.generation, "limit": limit]
          + (ids == nil ? [:] : ["after": after.rawValue]) + Self.argument(ids))
      // Records from before the remote was added are the first ones, and are a separate segment.
      let initial: ArraySlice<Row> = ids == nil ? changed.prefix { $0[1] as Int64 == 0 } : []
      let due = changed.prefix { ids != nil || ($0[1] as Int64) < end }
      let rows = initial.isEmpty ? due : initial
      guard next != cursor || !rows.isEmpty else { return nil }
      let isPart = ids != nil
      var versions: [SentVersion] = []
      var images: [PushedImage] = []
      var count = 0
      let known = try KnownImages(on: remote, in: database, damaged: damaged)
      var seen: Set<Digest> = []
      var (rest, size) = (rows, Self.loadedFirst)
      while !rest.isEmpty, writer.bytes.count < bytes {
        let some = rest.prefix(size)
        rest = rest.dropFirst(size)
        let before = writer.bytes.count
        let sent = some.map {
          SentVersion(generation: GenerationID($0[0] as Int64), version: $0[1])
        }
        versions += sent
        for record in try ArchiveLoader.load(
          sent.map(\.generation).sorted(), folder: folder, in: database)
        {
          let (record, unsent) = try known.prepare(record.forRemotes)
          record.write(to: &writer)
          writer.newline()
          count += 1
          images += unsent.filter { seen.insert($0.digest).inserted }
        }
        let each = (writer.bytes.count - before) / some.count + 1
        size = max(1, min(Self.loadedTogether, (bytes - writer.bytes.count) / each))
      }
      if !isPart, let last = versions.last {
        (next.version, next.generation) = (last.version, last.generation.rawValue)
      }
      return ChangedRecords(
        lines: writer.bytes, generations: count, deletions: deletions, images: images,
        damaged: damaged, cursor: next, part: isPart ? versions : [],
        last: versions.map(\.generation).max() ?? after,
        isInitial: !initial.isEmpty, restarts: !isPart && cursor.restarts,
        completes: try !isPart && !Self.hasChanges(after: next, in: database))
    }
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

  /// The record as the remote is to have it, and the images that must be there before it.
  ///
  /// An image that is neither here nor on that remote is missing in the record.
  func prepare(
    _ record: GenerationRecord
  ) throws -> (record: GenerationRecord, unsent: [PushedImage]) {
    var (record, unsent) = (record, [PushedImage]())
    func isKnown(_ digest: Digest) throws -> Bool {
      try Bool.fetchOne(statement, arguments: [digest.bytes.data, remote]) == true
    }
    for index in record.images.indices {
      let image = record.images[index]
      let isHere =
        isSending && !image.isMissing && !image.isRemote && !damaged.contains(image.digest)
      let isKnown = try isKnown(image.digest)
      record.images[index].isMissing = !isHere && !isKnown
      record.images[index].isRemote = false
      if isHere, !isKnown {
        unsent.append(
          PushedImage(digest: image.digest, format: image.format, bytes: image.bytes))
      }
    }
    record.references = try record.references.map { image in
      let isHere = isSending && image.place == .library && !damaged.contains(image.digest)
      let isKnown = try isKnown(image.digest)
      if isHere, !isKnown {
        unsent.append(
          PushedImage(digest: image.digest, format: image.format, bytes: image.bytes))
      }
      return ReferenceImage(
        position: image.position, role: image.role, digest: image.digest, format: image.format,
        width: image.width, height: image.height, bytes: image.bytes,
        missingSince: isHere || isKnown ? nil : Timestamp(milliseconds: 0))
    }
    return (record, unsent)
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
