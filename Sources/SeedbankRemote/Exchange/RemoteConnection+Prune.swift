import SeedbankModel
import SeedbankStorage

/// What a prune removed, or would remove.
public struct PruneReport: Hashable, Sendable {
  /// Number of images.
  public var images = 0
  /// Size of their files in bytes.
  public var imageBytes: Int64 = 0
  /// Images that are not used and are kept until the grace period is over.
  public var waiting = 0
  /// Size of their files in bytes.
  public var waitingBytes: Int64 = 0
  /// Number of objects of older snapshots.
  public var snapshotObjects = 0
  /// Files that an interrupted write left in a folder.
  public var drafts = 0
  /// Damaged and absent segments.
  ///
  /// If there is one, nothing is removed: it may refer to any image.
  public var problems: [RemoteProblem] = []
}

extension RemoteConnection {
  /// Removes images from the remote that no library refers to, and their thumbnails.
  ///
  /// An image is kept if it was written within the grace period, or if a library deleted its last
  /// generation within that time. The clock of the remote decides.
  ///
  /// - Parameters:
  ///   - grace: in seconds.
  ///   - isDryRun: whether nothing is removed. Then the clock of this computer decides, because the
  ///     remote's is known from an object that is written.
  /// - Throws: `RemoteError`, `LibraryError`.
  public func prune(
    grace: Double, isDryRun: Bool,
    progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> PruneReport {
    try await open(creating: false)
    var report = PruneReport()
    let time = isDryRun ? now() : try await remoteTime()
    let end = time.advanced(bySeconds: -grace)
    var reader = ReferenceReader()
    try await readReferences(&reader, show)
    let (unused, waiting) = try await unusedImages(reader.references, end, &report)
    // Segments that were pushed meanwhile may refer to an unused image.
    try await readReferences(&reader, show)
    try await readCoveringSnapshots(&reader)
    report.problems = reader.problems
    guard report.problems.isEmpty else { return report }
    let used = reader.references.images(since: end)
    var kept = used.union(waiting).union(unused.values.joined().map(\.digest))
    for (folder, images) in unused.sorted(by: { $0.key < $1.key }) {
      let chosen = images.filter { !used.contains($0.digest) }
      let removed = isDryRun ? chosen : try await remove(chosen, in: folder, writtenBefore: end)
      report.images += removed.count
      report.imageBytes = removed.reduce(report.imageBytes) { $0.addingSize($1.size) }
      kept.subtract(removed.map(\.digest))
      show(RemoteProgressReport(work: .images, done: report.images, total: nil))
    }
    let snapshots = try await olderSnapshots(writtenBefore: end)
    let drafts = try await store.drafts(writtenBefore: end)
    report.snapshotObjects = snapshots.count
    report.drafts = drafts.count
    if !isDryRun {
      for key in snapshots + drafts { try await store.remove(key) }
      try await removeThumbnails(writtenBefore: end) { [kept] in kept.contains($0) }
    }
    return report
  }

  private struct UnusedImage: Sendable {
    let digest: Digest
    let size: Int64
  }

  /// The time of the remote: that of an object which was just written.
  private func remoteTime() async throws -> Timestamp {
    let writer = try await BlockingWork.run { [library] in try library.writerID() }
    let key = RemoteLayout.clocks + writer
    try await store.write(Array("\(now())\n".utf8), to: key)
    let time = try await store.objects(in: RemoteLayout.clocks).first { $0.key == key }?.modified
    try await store.remove(key)
    guard let time else { throw RemoteError.badReply }
    return time
  }

  /// Images that nothing refers to: those written before `end`, by folder, and the others.
  private func unusedImages(
    _ references: ImageReferences, _ end: Timestamp, _ report: inout PruneReport
  ) async throws -> (unused: [String: [UnusedImage]], waiting: Set<Digest>) {
    let (used, usedNow) = (
      references.images(since: end), references.images(since: Timestamp(milliseconds: .max))
    )
    let found = Collected<StoredObject>()
    try await store.list(RemoteLayout.images, after: nil) { objects in
      found.add(
        objects.filter { object in
          RemoteLayout.image(atKey: object.key).map { !usedNow.contains($0) } ?? false
        })
    }
    var unused: [String: [UnusedImage]] = [:]
    var waiting: Set<Digest> = []
    for object in found.elements {
      guard let digest = RemoteLayout.image(atKey: object.key) else { continue }
      if let written = object.modified, written <= end, !used.contains(digest) {
        let image = UnusedImage(digest: digest, size: object.size)
        unused[RemoteLayout.folder(of: digest), default: []].append(image)
      } else {
        waiting.insert(digest)
        report.waiting += 1
        report.waitingBytes = report.waitingBytes.addingSize(object.size)
      }
    }
    return (unused, waiting)
  }

  /// Removes images unless they were written again meanwhile, and returns those that were removed.
  private func remove(
    _ images: [UnusedImage], in folder: String, writtenBefore end: Timestamp
  ) async throws -> [UnusedImage] {
    guard !images.isEmpty else { return [] }
    let present = try await store.objects(in: folder)
    let old = Set(present.filter { ($0.modified).map { $0 <= end } ?? false }.map(\.key))
    let chosen = images.filter { old.contains(RemoteLayout.image($0.digest)) }
    try await BlockingWork.run { [library, name] in
      try library.forget(chosen.map(\.digest), on: name)
    }
    try await inParallel(chosen) { image in
      try await store.remove(RemoteLayout.image(image.digest))
    }
    return chosen
  }
}
