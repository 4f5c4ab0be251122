public import FilePaths
import FoundationEssentials
internal import GRDB
public import SeedbankModel

extension Library {
  /// Restores a dump, or any JSON Lines of records, from an open file or pipe: all of it or nothing.
  ///
  /// Generations merge by uid, so a second time changes nothing. Of each field that people edit the
  /// newest edit stands; of the state, whichever is further. A line with just a prompt is enough; a
  /// line without a uid gets one from its own bytes. Images are not in a dump: those whose files are
  /// not in the library are marked as missing. Permanently deleted generations are skipped.
  /// - Parameters:
  ///   - path: what errors call the file.
  ///   - bringingBack: whether permanently deleted generations are added again.
  ///   - source: what the history shows as the author of the edits that replace edits of this library.
  ///   - progress: told the number of lines now and then.
  /// - Throws: `RestoreError`, `LibraryError`.
  @discardableResult
  public func restore(
    reading descriptor: Int32, path: FilePath, at now: Timestamp, bringingBack: Bool = false,
    from source: String = "restore", rehearsing: Bool = false,
    progress: (Int) -> Void = { _ in }
  ) throws -> RestoreReport {
    try write(rehearsing: rehearsing) { database in
      try restore(
        reading: descriptor, path: path, at: now, bringingBack: bringingBack, from: source,
        in: database, progress: progress)
    }
  }

  /// Restores lines within a transaction.
  ///
  /// - Parameters:
  ///   - start: before the first transaction of the merge; nil before this one.
  ///   - source: what the history shows as the author.
  ///   - inspect: called with each record that is not skipped.
  func restore(
    reading descriptor: Int32, path: FilePath, at now: Timestamp, bringingBack: Bool,
    since start: MergeStart? = nil, from source: String, in database: Database,
    progress: (Int) -> Void = { _ in }, inspect: (GenerationRecord) throws -> Void = { _ in }
  ) throws -> RestoreReport {
    // Reading, checking and folding take as long as SQLite does: one works ahead of the other.
    let ahead = ReadAhead<RestoreLines>(depth: 4) { give in
      var lines = try RestoreLineReader(duplicating: descriptor, path: path)
      while let batch = try lines.next() {
        guard give(batch) else { return }
      }
    }
    defer { ahead.abandon() }
    // Seeds and hashes come in no order: with a small cache, every row would read from disk.
    return try database.withLargeCache {
      // The rows of a file that is not restored are removed, but not this setting.
      defer { try? database.setConstraintChecks(true) }
      var restorer = try Restorer(
        database, folder: folder, at: now, bringingBack: bringingBack,
        since: start ?? MergeStart(database), from: source)
      // Their indexes are then made at the end.
      if restorer.startsEmpty { try database.setCache(.medium) }
      while let batch = try ahead.next() {
        for line in batch.lines {
          let isUsed = try restorer.restore(line)
          if isUsed, case .generation(let prepared) = line { try inspect(prepared.record) }
        }
        progress(batch.number)
      }
      return try restorer.finish()
    }
  }
}

/// Restores line by line within one transaction.
private struct Restorer {
  private let database: Database
  private var report = RestoreReport()
  private var writer: RestoreWriter
  private var merger: RecordMerger
  private var fields: LibraryFieldMerger
  private var history: HistoryRestorer
  private var finder: GenerationFinder
  private var erasures: Erasures
  private var arrivals: ErasedArrivals
  private var replaced: ReplacedEdits
  private let bringsBack: Bool
  private let now: Timestamp
  /// Children that came before their parents.
  private var orphans: [(child: UID, parent: UID)] = []

  init(
    _ database: Database, folder: LibraryFolder, at now: Timestamp, bringingBack: Bool,
    since start: MergeStart, from source: String
  ) throws {
    self.database = database
    self.now = now
    bringsBack = bringingBack
    erasures = try Erasures(database)
    arrivals = ErasedArrivals(database, since: start)
    replaced = try ReplacedEdits(database, since: start, from: source, at: now)
    writer = try RestoreWriter(database, folder: folder, at: now)
    merger = RecordMerger(
      database: database, folder: folder, now: now,
      library: try Ownership.standing(in: database))
    fields = LibraryFieldMerger(database)
    history = try HistoryRestorer(database)
    finder = try GenerationFinder(database)
  }

  /// Whether the library had no generation.
  var startsEmpty: Bool { writer.startsEmpty }

  /// - Returns: false if the generation was permanently deleted here, and is skipped.
  mutating func restore(_ line: RestoreLine) throws -> Bool {
    report.lines += 1
    if replaced.isFull { try replaced.write(to: &report, isEnd: false) }
    switch line {
    case .generation(let prepared): return try restore(prepared)
    case .other(.header(let version)):
      guard version <= DumpLine.version else {
        throw RestoreError.newerDump(found: version, supported: DumpLine.version)
      }
    case .other(.field(let field)):
      if case .erased(let uid) = field.field {
        try erase(uid, at: field.editedAt)
      } else {
        try fields.merge(field, &report, &replaced)
      }
    case .other(.change(let change)): try history.add(change)
    case .other(.item(let item)): try history.add(item)
    }
    return true
  }

  private mutating func restore(_ prepared: PreparedRecord) throws -> Bool {
    let (record, uid) = (prepared.record, prepared.uid)
    if !bringsBack, erasures.covers(record, uid), try id(of: uid) == nil {
      report.leftOut += 1
      return false
    }
    let parent = try record.parentUID.flatMap { try id(of: $0) }
    let times = fields.collectionTimes
    if let id = try writer.add(prepared, parent: parent, collectionTimes: times, &report) {
      report.added += 1
      if record.restorableStatus.isUnfinished { report.held += 1 }
      if bringsBack, let erasedAt = erasures[uid] { try bringBack(id, erasedAt: erasedAt) }
    } else if try merger.merge(
      record, uid, parent: parent, erasedAt: erasures[uid], collectionTimes: times, &report,
      &replaced)
    {
      report.merged += 1
    } else {
      report.unchanged += 1
    }
    if parent == nil, let parent = record.parentUID { orphans.append((uid, parent)) }
    return true
  }

  /// Moves what was erased elsewhere, and is still here, to the trash: nothing is removed from a library
  /// without having been in its trash.
  ///
  /// What the same merge added is removed at the end.
  private mutating func erase(_ uid: UID, at time: Timestamp?) throws {
    guard let time else { return }
    if erasures[uid].map({ $0 < time }) ?? true { report.newerFields += 1 }
    let latest = try erasures.add(uid, at: time)
    guard let id = try self.id(of: uid) else { return }
    if arrivals.add(uid, id) {
      if bringsBack { try bringBack(id, erasedAt: latest) }
      return
    }
    try writer.prepareForMerging()
    try trash(uid, id, erasedAt: latest)
  }

  /// Notes that a person adds the generation again, knowing of its permanent deletion.
  private func bringBack(_ id: Int64, erasedAt: Timestamp) throws {
    let time = max(now.milliseconds, erasedAt.milliseconds + 1)
    try EditStamps.stamp(.trashed, of: id, at: time, in: database)
  }

  private mutating func trash(_ uid: UID, _ id: Int64, erasedAt: Timestamp) throws {
    report.erased.insert(GenerationID(id))
    if try merger.trash(uid, id, erasedAt: erasedAt, &replaced) { report.trashed += 1 }
  }

  private mutating func id(of uid: UID) throws -> Int64? {
    try finder.id(of: uid)
  }

  mutating func finish() throws -> RestoreReport {
    for (child, uid) in orphans {
      guard let parent = try id(of: uid) else { continue }
      try database.cachedStatement(
        sql: "UPDATE generation SET parent_id = ? WHERE uid = ? AND parent_id IS NULL"
      ).execute(arguments: [parent, child.data])
    }
    try writer.finish()
    for (uid, id) in try arrivals.remove(erasures, &report) {
      if let erasedAt = erasures[uid] { try trash(uid, id, erasedAt: erasedAt) }
    }
    try fields.finish()
    try replaced.write(to: &report, isEnd: true)
    try history.finish()
    return report
  }
}
