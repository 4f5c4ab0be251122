public import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// Which images a pull downloads.
  public enum ImageChoice: Sendable {
    case all, none
    /// Those of these generations.
    case only(@Sendable () throws -> [GenerationID])
  }

  /// Merges what other libraries wrote, then downloads thumbnails, then images.
  ///
  /// It can be stopped anywhere: the same call continues. If its task is cancelled, it stops after the
  /// current objects. Damaged and foreign objects are named and skipped.
  /// - Throws: `RemoteError`, `LibraryError`, `CancellationError`.
  public func pull(
    images: ImageChoice,
    progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> PullReport {
    try await open(creating: false)
    var report = PullReport()
    let start = try await BlockingWork.run { [library] in try library.mergeStart() }
    if try await BlockingWork.run({ [library, name] in
      try library.isEmpty() && library.progress(with: name).isEmpty
    }) {
      try await readSnapshot(since: start, &report, show)
    }
    let known = try await BlockingWork.run { [library, name] in try library.progress(with: name) }
    for head in try await store.objects(in: RemoteLayout.heads) {
      guard let writer = RemoteLayout.library(ofHead: head.key) else {
        report.problems.append(RemoteProblem(key: head.key, kind: .foreign))
        continue
      }
      guard known[writer]?.head != head.version, try await isForeign(writer, &report)
      else { continue }
      try await mergeSegments(
        of: writer, head.version, after: known[writer]?.counter ?? 0, since: start, &report, show)
    }
    // Small, so that everything can be looked at before the images arrive.
    try await receiveThumbnails(&report, show)
    switch images {
    case .none: break
    case .all: try await fetch(nil, &report, show)
    case .only(let ids):
      try await fetch(try await BlockingWork.run { try ids() }, &report, show)
    }
    report.remoteImages = try await BlockingWork.run { [library, name] in
      try library.remoteImageCount(on: name)
    }
    return report
  }

  /// Whether a head is that of another library.
  ///
  /// If it is that of a later state of this one, this library takes a new id.
  private func isForeign(_ writer: String, _ report: inout PullReport) async throws -> Bool {
    let own = try await BlockingWork.run { [library] in try library.libraryID() }
    guard writer == own else { return true }
    guard try await newID(insteadOf: writer) != nil else { return false }
    report.tookNewID = true
    return true
  }

  /// Reads and merges the segments that another library wrote since the last pull.
  private func mergeSegments(
    of writer: String, _ head: String, after counter: Int64, since start: MergeStart,
    _ report: inout PullReport, _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    // Read before the segments are listed: a push writes the segment first.
    let latest = try await headCounter(of: writer) ?? 0
    var rest = try await store.objects(
      in: RemoteLayout.segments(of: writer),
      after: RemoteLayout.lastSegment(counter, of: writer))[...]
    let listed = Set(rest.compactMap { RemoteLayout.SegmentName($0.key)?.counter })
    var segments = MergedSegments(after: counter)
    // A line that cannot be read is in one of several segments: those are read again, each by itself.
    var single = 0
    while !rest.isEmpty {
      try Task.checkCancellation()
      let begin = rest
      let batch = try await batch(&rest, isSingle: single > 0) {
        $0 <= counter || listed.contains($0)
      }
      single -= 1
      let next = segments.counter(with: batch)
      let isComplete = segments.isSound && batch.isWhole && rest.isEmpty && next == latest
      let progress = RemoteProgress(counter: next, head: isComplete ? head : nil)
      let before = report.added + report.merged
      let pulled = PulledSegments(
        remote: name, library: writer, progress: progress, since: start)
      let merged = try await merge(batch, pulled) { lines in
        show(RemoteProgressReport(work: .records, done: before + lines, total: nil))
      }
      if merged == nil, batch.count > 1 {
        single = batch.count
        rest = begin
        continue
      }
      report.problems += batch.problems
      if let merged {
        segments.note(batch)
        report.add(merged, segments: batch.segments)
        show(
          RemoteProgressReport(work: .records, done: report.added + report.merged, total: nil))
      } else {
        report.problems += begin.prefix(1).map { RemoteProblem(key: $0.key, kind: .damaged) }
        segments.note(batch, damaged: begin.first.flatMap { RemoteLayout.SegmentName($0.key) })
      }
    }
    // If the library sent all its records again, the segments before that are not needed.
    segments.skipReplaced()
    // Nor are those whose records are in a snapshot.
    if !segments.isSound, let last = segments.lastFault,
      try await readSnapshot(with: last, of: writer, since: start, &report, show)
    {
      segments.skip(through: last)
    }
    guard segments.isSound else { return }
    let reached = segments.reached
    guard reached >= latest else {
      report.problems.append(
        RemoteProblem(key: RemoteLayout.segments(latest, of: writer), kind: .absentSegment))
      return
    }
    // Without its version, the next push writes a head that is not up to date.
    let progress = RemoteProgress(counter: reached, head: reached > latest ? nil : head)
    try await BlockingWork.run { [library, name] in
      try library.note(progress, of: writer, with: name)
    }
  }

  /// Segments that are merged in one transaction.
  struct SegmentBatch: Sendable {
    let lines: SegmentLines
    /// The number of objects.
    var count = 0
    /// The number of those whose lines are in the file.
    var segments = 0
    var problems: [RemoteProblem] = []
    /// Of the segments whose lines are in the file.
    var headers: [SegmentHeader] = []
    /// The counters of damaged and absent segments.
    var faults: [Int64] = []
    /// Whether no segment is damaged or absent.
    var isWhole = true
    /// The last counter before a damaged or absent segment; nil if there is none.
    var reached: Int64?
  }

  /// Takes the next segments off the list, and reads them.
  ///
  /// An empty library takes all that come in one transaction, as a restore does: its indexes are made once
  /// at the end. In any other library transactions are short, so that others can write in between.
  func batch(
    _ rest: inout ArraySlice<StoredObject>, of folder: String = RemoteLayout.segments,
    isSingle: Bool, isKnown: (_ counter: Int64) -> Bool
  ) async throws -> SegmentBatch {
    let (isEmpty, lines) = try await BlockingWork.run { [library] in
      (try library.isEmpty(), SegmentLines(try library.temporaryFile()))
    }
    let limit = isSingle ? 0 : isEmpty ? 1 << 30 : 8 << 20
    var batch = SegmentBatch(lines: lines)
    repeat {
      try Task.checkCancellation()
      let some = Self.readTogether(rest.prefix(isSingle ? 1 : pace.jobs))
      let read = Collected<(key: String, bytes: [UInt8])>()
      try await inParallel(some) { object in
        guard RemoteLayout.SegmentName(object.key, in: folder) != nil,
          let bytes = try await bytes(ofSegment: object.key)
        else { return }
        read.add([(object.key, bytes)])
      }
      let contents = Dictionary(read.elements) { first, _ in first }
      for object in some {
        rest.removeFirst()
        batch.count += 1
        guard let segment = RemoteLayout.SegmentName(object.key, in: folder) else {
          batch.problems.append(RemoteProblem(key: object.key, kind: .foreign))
          continue
        }
        let bytes = contents[object.key]
        if let header = try await BlockingWork.run({ try lines.append(segment, bytes) }) {
          batch.segments += 1
          batch.headers.append(header)
          // The segment before it may be listed later: then it is read by the next pull.
          if let previous = header.previous, !isKnown(previous) {
            batch.isWhole = false
            batch.faults.append(previous)
            batch.problems.append(
              RemoteProblem(
                key: RemoteLayout.segments(previous, of: segment.library), kind: .absentSegment))
          }
          if batch.isWhole { batch.reached = segment.counter }
        } else {
          batch.isWhole = false
          batch.faults.append(segment.counter)
          batch.problems.append(RemoteProblem(key: object.key, kind: .damaged))
        }
      }
    } while !rest.isEmpty && lines.size < limit
    return batch
  }

  /// The first of these segments, as many as may be in memory at a time.
  private static func readTogether(_ objects: ArraySlice<StoredObject>) -> [StoredObject] {
    var bytes: Int64 = 0
    let some = objects.prefix { object in
      bytes = bytes.addingSize(object.size)
      return bytes <= 32 << 20
    }
    return Array(some.isEmpty ? objects.prefix(1) : some)
  }

  /// Returns nil if a line cannot be read.
  func merge(
    _ batch: SegmentBatch, _ pulled: PulledSegments,
    _ show: @escaping @Sendable (_ lines: Int) -> Void
  ) async throws -> RestoreReport? {
    guard batch.segments > 0 else { return RestoreReport() }
    return try await BlockingWork.run { [library, now] in
      try batch.lines.read { file in
        try library.merge(pulled, reading: file, at: now(), progress: show)
      }
    }
  }
}

extension PullReport {
  mutating func add(_ restored: RestoreReport, segments count: Int) {
    segments += count
    added += restored.added
    merged += restored.merged
    trashed += restored.trashed
    held += restored.held
    replacedEdits += restored.replacedEdits
    conflictCount += restored.conflictCount
    conflicts += restored.conflicts.prefix(max(0, 1000 - conflicts.count))
  }
}
