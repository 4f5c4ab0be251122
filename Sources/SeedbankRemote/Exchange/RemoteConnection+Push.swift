import FilePaths
public import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// Generations of one segment.
  private static let segmentSize = 1_000

  /// Writes all changes of the library to the remote: thumbnails and images first, then segments, then
  /// the head.
  ///
  /// It can be stopped anywhere: the same call continues. If its task is cancelled, it stops after the
  /// current objects.
  /// - Parameter ids: only changes of these generations; nil for all changes.
  /// - Throws: `RemoteError`, `LibraryError`, `CancellationError`.
  public func push(
    only ids: [GenerationID]? = nil,
    progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> PushReport {
    let claim = try await BlockingWork.run { [library] in try library.tryClaimPush() }
    guard let claim else { throw RemoteError.busy }
    defer { withExtendedLifetime(claim) {} }
    try await open(creating: true)
    var report = PushReport()
    var writer = try await BlockingWork.run { [library] in try library.writerID() }
    let hasChanges = try await BlockingWork.run { [library, name] in
      try library.hasUnpushed(for: name, of: ids)
    }
    // A counter is never used twice, also if an older state of the library was put back.
    if hasChanges, let id = try await newID(insteadOf: writer) {
      writer = id
      report.tookNewID = true
    }
    var (progress, used) = try await ownProgress(writer)
    let total = try await BlockingWork.run { [library, name] in
      try library.unpushedGenerations(for: name, of: ids)
    }
    var choice = PushChoice(ids: ids)
    var comparison = ImageComparison()
    let maker = ThumbnailMaker(library.folder)
    // Without a change at the beginning, the counters were not compared.
    while hasChanges,
      let records = try await readyRecords(
        choice, (used + 1, writer, maker), &comparison, &report, show)
    {
      try Task.checkCancellation()
      let counter = used + 1
      let repeated = try await write(
        records,
        SegmentHeader(
          library: writer, counter: counter, previous: progress.counter,
          restarts: records.restarts, completes: records.completes))
      choice.last = records.last
      if let repeated { choice.end = min(choice.end, repeated) }
      used = counter
      progress.counter = counter
      report.segments += 1
      report.generations += records.generations
      report.deletions += records.deletions
      show(RemoteProgressReport(work: .records, done: report.generations, total: total))
    }
    if progress.counter > 0, progress.head != "\(progress.counter)" {
      try await writeHead(progress.counter, writer)
      let written = RemoteProgress(counter: progress.counter, head: "\(progress.counter)")
      try await BlockingWork.run { [library, name, writer] in
        try library.note(written, of: writer, with: name)
      }
    }
    try await updateHeads(exceptOf: writer)
    return report
  }

  /// Writes the heads of other libraries that are known not to be up to date.
  ///
  /// The last push of such a library was stopped before it wrote the head, and the library may not exist
  /// any more. A head only tells a pull that there are new segments, so any library may write it. If its
  /// own library writes a newer one at the same time, the next pull finds segments after the older one, and
  /// the push after that corrects it.
  private func updateHeads(exceptOf own: String) async throws {
    let known = try await BlockingWork.run { [library, name] in try library.progress(with: name) }
    for (writer, progress) in known.sorted(by: { $0.key < $1.key })
    where writer != own && progress.head == nil {
      let later = try await store.objects(
        in: RemoteLayout.segments(of: writer),
        after: RemoteLayout.lastSegment(progress.counter, of: writer))
      let newest = later.compactMap { RemoteLayout.SegmentName($0.key)?.counter }
        .reduce(progress.counter) { max($0, $1) }
      guard try await headCounter(of: writer) ?? 0 < newest else { continue }
      try await writeHead(newest, writer)
    }
  }

  /// - Returns: the first change that the next push sends, because a file is missing or damaged here; nil if
  ///   there is none.
  private func write(_ records: ChangedRecords, _ header: SegmentHeader) async throws -> Int64? {
    let text = header.line + records.lines
    let (writer, counter) = (header.library, header.counter)
    let segment = try await BlockingWork.run { [library, name] in
      try library.begin(segment: counter, to: name)
      guard let segment = Gzip.compressed(text) else { throw RemoteError.badReply }
      return segment
    }
    try await store.write(
      segment, to: RemoteLayout.segment(counter, of: writer, Digest(of: segment)))
    return try await BlockingWork.run { [library, name] in
      try library.finish(records, segment: counter, by: writer, to: name)
    }
  }

  private func writeHead(_ counter: Int64, _ writer: String) async throws {
    var json = JSONWriter()
    json.object { $0.member("counter", counter) }
    json.newline()
    try await store.write(json.bytes, to: RemoteLayout.head(of: writer))
  }

  // MARK: Images

  /// Which records are next.
  private struct PushChoice: Sendable {
    let ids: [GenerationID]?
    /// The last generation that was sent, if there are `ids`.
    var last = GenerationID(0)
    /// Changes from this version on are left to the next push.
    var end: Int64 = .max
  }

  /// The counter of the next segment, who writes it, and what makes its thumbnails.
  private typealias NextSegment = (counter: Int64, writer: String, maker: ThumbnailMaker)

  /// The next records, once their images are on the remote; nil if nothing changed.
  private func readyRecords(
    _ choice: PushChoice, _ next: NextSegment, _ comparison: inout ImageComparison,
    _ report: inout PushReport, _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws -> ChangedRecords? {
    var (damaged, compared) = (Set<Digest>(), Set<Digest>())
    while true {
      let records = try await BlockingWork.run { [library, name, damaged] in
        try library.changedRecords(
          for: name, of: choice.ids, after: choice.last, before: choice.end,
          limit: Self.segmentSize, without: damaged)
      }
      guard let records else { return nil }
      let unsure = records.recorded.filter { compared.insert($0.digest).inserted }
      let absent = try await forgetAbsent(unsure, &comparison)
      guard absent.isEmpty else {
        let named = Set(unsure.map(\.digest))
        // Those whose files are here are sent by this push.
        report.problems += absent.filter { !$0.isHere && named.contains($0.digest) }.map {
          RemoteProblem(key: RemoteLayout.image($0.digest), kind: .absent)
        }
        continue
      }
      guard !records.images.isEmpty else { return records }
      compared.formUnion(records.images.map(\.digest))
      // Otherwise, an image that this library has not recorded on the remote is sent even if an
      // object has its name, because that object may be damaged.
      let present = records.isInitial ? try await sizes(of: records.images) : [:]
      let sent = try await send(records.images, next, present, report.images, show)
      report.images += sent.count
      report.imageBytes = report.imageBytes.addingSize(sent.bytes)
      for digest in sent.damaged {
        damaged.insert(digest)
        report.problems.append(
          RemoteProblem(key: RemoteLayout.image(digest), kind: .localDamaged))
      }
    }
  }

  /// Images whose thumbnails are in one pack.
  ///
  /// After an interruption, the images and the thumbnails of at most two packs are sent again.
  private static let packSize = 64

  private func send(
    _ images: [PushedImage], _ next: NextSegment, _ present: [Digest: Int64], _ before: Int,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws -> SentImages.Summary {
    let sent = SentImages()
    let isPresent = { (image: PushedImage) in present[image.digest] == image.bytes }
    try await record(images.filter(isPresent).map(\.digest))
    let unsent = images.filter { !isPresent($0) }
    /// Makes and writes the thumbnails of the images from an index on.
    @Sendable func writePack(from start: Int) async throws {
      let pack = await thumbnails(of: unsent[start...].prefix(Self.packSize), by: next.maker)
      try await write(pack, next.counter, next.writer)
    }
    do {
      try await writePack(from: 0)
      try await withThrowingTaskGroup(of: Void.self) { group in
        var running = 0
        for some in unsent.chunks(of: Self.packSize) {
          // An image is sent after its thumbnail: the next push makes no thumbnail of one that is present.
          async let following: Void = writePack(from: some.endIndex)
          for image in some {
            if running < pace.jobs { running += 1 } else { try await group.next() }
            try Task.checkCancellation()
            group.addTask {
              try await send(image, sent)
              show(
                RemoteProgressReport(work: .images, done: before + sent.summary.count, total: nil))
              try await record(sent.takeFinished(atLeast: Self.packSize))
            }
          }
          try await following
        }
        try await group.waitForAll()
      }
      try await record(sent.takeFinished())
    } catch {
      // Sent images are recorded also if another image fails, so that the next push does not send
      // them again.
      try await record(sent.takeFinished())
      throw error
    }
    return sent.summary
  }

  private func record(_ images: [Digest]) async throws {
    guard !images.isEmpty else { return }
    try await BlockingWork.run { [library, name] in try library.note(images, on: name) }
  }

  private func send(
    _ image: PushedImage, _ sent: SentImages
  ) async throws {
    let key = RemoteLayout.image(image.digest)
    let file =
      library.folder.path + "/"
      + LibraryFolder.relativePath(of: image.digest, format: image.format)
    do {
      try await store.upload(
        file, FileContent(digest: image.digest, size: image.bytes), to: key)
      sent.add(image)
    } catch is DamagedFile {
      sent.addDamaged(image.digest)
    }
  }
}
