import Glibc
import Storage
import Synchronization

/// An export to a folder.
struct FolderRun {
  private let source: SelectionReader
  private let options: ExportOptions
  private let onEvent: @Sendable (ExportEvent) -> Void
  private let target: FolderTarget
  private let producer: ImageProducer
  private var plan: ExportPlan
  private var report = ExportReport()

  static func report(
    _ source: SelectionReader, to path: String, options: ExportOptions,
    onEvent: @escaping @Sendable (ExportEvent) -> Void
  ) async throws -> ExportReport {
    let folder = ExportFolder(path: path)
    try folder.make()
    let record = try RecordFile(in: folder)
    folder.removeDrafts()
    var run = FolderRun(
      source, FolderTarget(folder: folder, file: record, options), options, onEvent)
    do {
      try await run.work()
    } catch {
      folder.removeDrafts()
      throw error
    }
    return run.report
  }

  private init(
    _ source: SelectionReader, _ target: FolderTarget, _ options: ExportOptions,
    _ onEvent: @escaping @Sendable (ExportEvent) -> Void
  ) {
    self.source = source
    self.options = options
    self.onEvent = onEvent
    self.target = target
    producer = ImageProducer(options: options, library: source.library.folder)
    plan = source.plan(target.file.record)
    report.location = target.folder.path
    report.copiedToEmbed = options.link.sharesFile && options.metadata.rewritesFile
  }

  private mutating func work() async throws {
    var companions = try Companions(options, drafts: target.folder)
    var start = 0
    while let page = try source.page(from: start) {
      let worker = FolderWorker(target: target, producer: producer)
      let outcomes = try await Parallel.map(
        page.jobs(&plan), workers: workers, { try worker.outcome($0) })
      for outcome in outcomes { note(outcome) }
      report.withoutImages += page.generations.count { $0.images.isEmpty }
      for sheet in try companions.add(outcomes, of: page) { try place(sheet) }
      start = page.end
      onEvent(.advanced(done: start, of: source.selection.count))
    }
    for file in try companions.finish() { try place(file) }
    try removeLeftovers()
    try target.file.tidy(in: target.folder)
  }

  /// Links are made faster than tasks are handed out.
  private var workers: Int {
    let isLinkOnly =
      options.effectiveLink.sharesFile && !options.gallery && options.contactSheet == nil
    return isLinkOnly ? 1 : options.workers
  }

  private mutating func note(_ outcome: ImageOutcome) {
    let item = outcome.item
    report.refused += outcome.refused
    report.bytes += outcome.bytes
    if outcome.product.isUnreadable { report.unreadable.append(item.reference) }
    if outcome.product.isSigned { report.signed += 1 }
    switch outcome.result {
    case .missing: report.missing.append(item.reference)
    case .decided(let decision):
      report.note(decision, path: item.path.description)
      onEvent(.decided(decision, path: item.path.description, reference: item.reference))
    }
    if options.gallery {
      for side in PageItem.thumbnailSides {
        plan.want(ExportLayout.thumbnail(item.image.digest.hex, longSide: side))
      }
    }
    if options.metadata == .sidecar || options.metadata == .embed { plan.want(item.sidecar) }
  }

  /// Gives a file beside the images its name, unless it is there already just so.
  private mutating func place(_ finished: Companions.Finished) throws {
    plan.want(finished.path)
    let digest = ImageStore.digest(ofFileAt: finished.draft)?.hex ?? ""
    let decision = target.decide(finished.path, recipe: digest)
    let path = target.folder.absolute(finished.path)
    switch decision {
    case .keep: unlink(finished.draft)
    case .refuse(let reason):
      unlink(finished.draft)
      report.refused.append(RefusedFile(path: finished.path.description, reason: reason))
      return
    case .write, .update:
      let produced = ProducedFile(
        path: finished.path, role: finished.role, content: .bytes([]), recipe: digest,
        decision: decision, time: Timestamp(milliseconds: 0))
      report.bytes += try target.publish(finished.draft, produced, digest: digest)
    }
    if finished.role == .page { report.page = path }
    if finished.role == .sheet { report.sheets.append(path) }
  }

  private mutating func removeLeftovers() throws {
    for entry in plan.leftovers {
      let found = target.folder.fact(entry.path)
      guard found != .absent, target.folder.isReachable(entry.path) else {
        try target.file.forget(entry.path)
        continue
      }
      guard options.prune else {
        if entry.role == .image { report.leftovers += 1 }
        continue
      }
      let decision = FolderTarget.decide(
        entry.path, recipe: entry.recipe, recorded: entry, in: target.folder)
      if case .refuse(let reason) = decision {
        report.refused.append(RefusedFile(path: entry.path.description, reason: reason))
        continue
      }
      try target.folder.remove(entry.path)
      try target.file.forget(entry.path)
      if entry.role == .image { report.pruned += 1 }
      onEvent(.pruned(path: entry.path.description))
    }
  }
}

/// Does one image after another; several may work on one folder.
private final class FolderWorker: Sendable {
  private let target: FolderTarget
  private let producer: ImageProducer
  /// Thumbnails that somebody is making: images with the same bytes share them.
  private let claimed = Mutex<Set<RelativePath>>([])

  init(target: FolderTarget, producer: ImageProducer) {
    self.target = target
    self.producer = producer
  }

  func outcome(_ job: ImageJob) throws -> ImageOutcome {
    guard ImageFiles.isThere(job.item.image, in: producer.library) else {
      return ImageOutcome(item: job.item, result: .missing)
    }
    let record = producer.record(of: job)
    let decision = target.decide(
      job.item.path, recipe: producer.recipe(job.item, record: record))
    var outcome = ImageOutcome(item: job.item, result: .decided(decision))
    guard !decision.isRefusal else { return outcome }
    outcome.product = try producer.product(job.item, record: record, decision: decision) {
      path, recipe in
      let isFirst = self.claimed.withLock { $0.insert(path).inserted }
      return isFirst ? self.target.decide(path, recipe: recipe) : .keep
    }
    for file in outcome.product.files {
      switch file.decision {
      case .keep: break
      case .refuse(let reason):
        outcome.refused.append(RefusedFile(path: file.path.description, reason: reason))
      case .write, .update: outcome.bytes += try target.place(file)
      }
    }
    outcome.product.files = []
    return outcome
  }
}

extension FolderTarget {
  fileprivate init(folder: ExportFolder, file: RecordFile, _ options: ExportOptions) {
    self.init(folder: folder, file: file, link: options.effectiveLink)
  }
}
