import SeedbankModel
import SeedbankStorage
import Synchronization

extension RemoteConnection {
  /// Compares the objects of the remote with each other and with the library.
  ///
  /// Faults that a push of this library can repair are recorded, so that the next push repairs
  /// them.
  ///
  /// - Parameter deep: whether every object is read and its digest compared.
  /// - Throws: `RemoteError`, `LibraryError`.
  public func check(
    deep: Bool, progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> RemoteCheckReport {
    try await open(creating: false)
    var report = RemoteCheckReport()
    try await checkSegments(&report)
    let images = try await imageSizes(&report)
    try await checkKnownImages(images, &report, show)
    try await checkThumbnails(deep: deep, &report)
    try await checkSnapshots(deep: deep, &report)
    if deep {
      try await checkReferences(images, &report, show)
      try await readImages(images, &report, show)
    }
    // An image can be at fault in more than one respect.
    var seen: Set<String> = []
    report.problems = report.problems.filter { seen.insert($0.key).inserted }
    return report
  }

  // MARK: Segments and heads

  private func checkSegments(_ report: inout RemoteCheckReport) async throws {
    var newest: [String: Int64] = [:]
    var counters: Set<String> = []
    for object in try await store.objects(in: RemoteLayout.segments) {
      guard let segment = RemoteLayout.SegmentName(object.key) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      report.segments += 1
      newest[segment.library] = max(newest[segment.library] ?? 0, segment.counter)
      if !counters.insert("\(segment.library) \(segment.counter)").inserted {
        report.problems.append(RemoteProblem(key: object.key, kind: .counterUsedTwice))
      }
    }
    report.libraries = newest.count
    var heads: Set<String> = []
    for object in try await store.objects(in: RemoteLayout.heads) {
      guard let writer = RemoteLayout.library(ofHead: object.key) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      heads.insert(writer)
      let counter = try await headCounter(of: writer)
      if counter != newest[writer] {
        let isBehind = counter ?? 0 < newest[writer] ?? 0
        report.problems.append(try await headProblem(.staleHead, writer, isBehind: isBehind))
      }
    }
    for writer in newest.keys.sorted() where !heads.contains(writer) {
      report.problems.append(try await headProblem(.absentHead, writer, isBehind: true))
    }
  }

  /// - Parameter isBehind: whether there are segments after the head, so that any library can write it.
  private func headProblem(
    _ kind: RemoteProblem.Kind, _ writer: String, isBehind: Bool
  ) async throws -> RemoteProblem {
    let isRepaired = try await BlockingWork.run { [library, name] in
      guard try isBehind || library.libraryID() == writer else { return false }
      try library.repeatHead(of: writer, on: name)
      return true
    }
    return RemoteProblem(
      key: RemoteLayout.head(of: writer), kind: kind, isRepairedByPush: isRepaired)
  }

  /// Reads all segments, and compares the images that they refer to with those that exist.
  private func checkReferences(
    _ images: [Digest: Int64], _ report: inout RemoteCheckReport,
    _ show: @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    var reader = ReferenceReader()
    try await readReferences(&reader, show)
    try await readCoveringSnapshots(&reader)
    report.problems += reader.faults.filter(\.isReplaced).map {
      RemoteProblem(key: $0.key, kind: .replacedSegment)
    }
    for problem in reader.problems {
      let isOwn = try await BlockingWork.run { [library, name] in
        guard let id = try library.libraryID(),
          problem.key.hasPrefix(RemoteLayout.segments(of: id))
        else { return false }
        try library.repeatPush(to: name)
        return true
      }
      report.problems.append(
        RemoteProblem(key: problem.key, kind: problem.kind, isRepairedByPush: isOwn))
    }
    let used = reader.references.images(since: Timestamp(milliseconds: .max))
    for digest in used.filter({ images[$0] == nil }).sorted(by: { $0.hex < $1.hex }) {
      report.problems.append(try await imageProblem(.absent, digest))
    }
    guard reader.problems.isEmpty else { return }
    for (digest, size) in images where !used.contains(digest) {
      report.unusedImages += 1
      report.unusedBytes = report.unusedBytes.addingSize(size)
    }
  }

  // MARK: Images

  private func imageSizes(_ report: inout RemoteCheckReport) async throws -> [Digest: Int64] {
    let found = Collected<StoredObject>()
    try await store.list(RemoteLayout.images, after: nil) { found.add($0) }
    var sizes: [Digest: Int64] = [:]
    for object in found.elements {
      guard let digest = RemoteLayout.image(atKey: object.key) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      sizes[digest] = object.size
      report.images += 1
      report.imageBytes = report.imageBytes.addingSize(object.size)
    }
    return sizes
  }

  /// Compares the images that the library believes to be on the remote with those that are.
  private func checkKnownImages(
    _ images: [Digest: Int64], _ report: inout RemoteCheckReport,
    _ show: @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    var last: Digest?
    var done = 0
    while true {
      let page = try await BlockingWork.run { [library, name, last] in
        try library.imagesOnRemote(name, after: last, limit: 1_000)
      }
      guard let end = page.last else { return }
      last = end.digest
      for image in page where images[image.digest] != image.bytes {
        let kind: RemoteProblem.Kind = images[image.digest] == nil ? .absent : .wrongSize
        report.problems.append(try await imageProblem(kind, image.digest))
      }
      done += page.count
      show(RemoteProgressReport(work: .images, done: done, total: images.count))
    }
  }

  /// Reads every image and compares its digest with its name.
  private func readImages(
    _ images: [Digest: Int64], _ report: inout RemoteCheckReport,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    let problems = Collected<RemoteProblem>()
    let done = Mutex(0)
    try await inParallel(images.sorted { $0.key.hex < $1.key.hex }) { digest, size in
      let image = PushedImage(digest: digest, format: "", bytes: size)
      let problem = try await retry { try await compare(image) }
      let count = done.withLock { count in
        count += 1
        return count
      }
      show(RemoteProgressReport(work: .images, done: count, total: images.count))
      // One that a prune removed meanwhile is not a fault.
      guard let problem, problem != .absent else { return }
      problems.add([try await imageProblem(problem, digest)])
    }
    report.problems += problems.elements.sorted { $0.key < $1.key }
  }

  private func checkThumbnails(deep: Bool, _ report: inout RemoteCheckReport) async throws {
    for object in try await store.objects(in: RemoteLayout.thumbnails) {
      guard let name = RemoteLayout.ThumbnailsName(object.key) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      // A pack that a prune removed meanwhile is not a fault.
      guard deep, try await thumbnails(name, object.key) == nil,
        try await store.object(object.key) != nil
      else { continue }
      report.problems.append(RemoteProblem(key: object.key, kind: .damagedThumbnails))
    }
  }

  private func checkSnapshots(deep: Bool, _ report: inout RemoteCheckReport) async throws {
    for object in try await store.objects(in: RemoteLayout.snapshots) {
      let digest =
        RemoteLayout.SnapshotName(object.key)?.digest
        ?? RemoteLayout.SegmentName(object.key, in: RemoteLayout.snapshots)?.digest
      guard let digest else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      guard deep, try await bytes(ofSegment: object.key).map({ Digest(of: $0) }) != digest,
        try await store.object(object.key) != nil
      else { continue }
      report.problems.append(RemoteProblem(key: object.key, kind: .damagedSnapshot))
    }
  }

  private func imageProblem(
    _ kind: RemoteProblem.Kind, _ digest: Digest
  ) async throws -> RemoteProblem {
    let isHere = try await BlockingWork.run { [library, name] in
      try library.note(absent: digest, on: name)
    }
    return RemoteProblem(key: RemoteLayout.image(digest), kind: kind, isRepairedByPush: isHere)
  }
}
