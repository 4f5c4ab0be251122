public import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// Which images a pull downloads.
  public enum ImageChoice: Sendable {
    case all, none
    /// Those of these generations.
    case only(@Sendable () throws -> [GenerationID])
  }

  /// Merges what other libraries wrote, then downloads images.
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
    let known = try await BlockingWork.run { [library, name] in try library.progress(with: name) }
    for head in try await store.objects(in: RemoteLayout.heads) {
      let writer = head.key.dropFirst(RemoteLayout.heads.count)
      guard RemoteLayout.isLibrary(writer) else {
        report.problems.append(RemoteProblem(key: head.key, kind: .foreign))
        continue
      }
      guard known[String(writer)]?.head != head.version,
        try await isForeign(String(writer), &report)
      else { continue }
      try await read(
        String(writer), head.version, after: known[String(writer)]?.counter ?? 0, &report, show)
    }
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
    let used = try await usedCounter(writer).used
    guard try await isRemoteAhead(of: used, writer) else { return false }
    _ = try await BlockingWork.run { [library] in try library.writerID(renewing: true) }
    report.tookNewID = true
    return true
  }

  private func read(
    _ writer: String, _ head: String, after counter: Int64, _ report: inout PullReport,
    _ show: @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    let objects = try await store.objects(
      in: RemoteLayout.segments(of: writer),
      after: RemoteLayout.lastSegment(counter, of: writer))
    // Damaged segments are tried again by the next pull, so progress stays before the first of them.
    var reached = counter
    var isSound = true
    for (index, object) in objects.enumerated() {
      try Task.checkCancellation()
      guard let segment = RemoteLayout.SegmentName(object.key) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      let next = isSound ? segment.counter : reached
      let isLast = index == objects.count - 1
      let progress = RemoteProgress(counter: next, head: isSound && isLast ? head : nil)
      if let merged = try await merge(segment, object.key, progress) {
        reached = next
        report.add(merged)
        show(RemoteProgressReport(work: .records, done: report.added + report.merged, total: nil))
      } else {
        isSound = false
        report.problems.append(RemoteProblem(key: object.key, kind: .damaged))
      }
    }
    if isSound {
      let progress = RemoteProgress(counter: reached, head: head)
      try await BlockingWork.run { [library, name] in
        try library.note(progress, of: writer, with: name)
      }
    }
  }

  /// Returns nil if the segment is damaged.
  private func merge(
    _ segment: RemoteLayout.SegmentName, _ key: String, _ progress: RemoteProgress
  ) async throws -> RestoreReport? {
    try await withLines(of: segment, key) { [library, name, now] file in
      let pulled = PulledSegment(remote: name, library: segment.library, progress: progress)
      return try library.merge(pulled, reading: file, at: now())
    }
  }
}

extension PullReport {
  fileprivate mutating func add(_ restored: RestoreReport) {
    segments += 1
    added += restored.added
    merged += restored.merged
    trashed += restored.trashed
    held += restored.held
    conflicts += restored.conflictCount
  }
}
