import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// An export to a folder.
struct FolderRun {
  private let source: SelectionReader
  private let feed: SelectionFeed
  private let options: ExportOptions
  private let onEvent: @Sendable (ExportEvent) -> Void
  private let target: FolderTarget
  private let producer: ImageProducer
  private var report = ExportReport()

  static func report(
    _ source: SelectionReader, to path: FilePath, options: ExportOptions,
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
    feed = SelectionFeed(source, after: target.file.record)
    report.location = target.folder.path
    report.copiedToEmbed = options.copiesToEmbed
  }

  private mutating func work() async throws {
    var companions = try AuxiliaryFiles(options, drafts: target.folder)
    let feed = self.feed
    var window = try await feed.next()
    while let current = window {
      async let ahead = feed.next()
      let worker = FolderWorker(target: target, producer: producer, workers: workers)
      let outcomes = try await worker.outcomes(current.jobs)
      for outcome in outcomes { note(outcome) }
      report.withoutImages += current.page.generations.count { $0.images.isEmpty }
      try companions.add(outcomes, of: current.page)
      onEvent(.advanced(done: current.page.end, of: source.selection.count))
      window = try await ahead
    }
    for file in try companions.finish() { try await place(file) }
    report.charactersWithoutFont = companions.charactersWithoutFont
    try await removeLeftovers()
    try target.file.tidy(in: target.folder)
  }

  /// Creating links is faster than starting tasks.
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
    if outcome.product.isUnwritable { report.unwritable += 1 }
    switch outcome.result {
    case .missing: report.note(absent: item)
    case .decided(let decision):
      report.note(decision, path: item.path.description)
      onEvent(.decided(decision, path: item.path.description, reference: item.reference))
    }
  }

  /// Names a file beside the images, unless the same file already exists.
  private mutating func place(_ finished: AuxiliaryFiles.Finished) async throws {
    await feed.want(finished.path)
    let digest = ImageStore.digest(ofFileAt: finished.draft)?.hex ?? ""
    var decision = target.decide(finished.path, recipe: digest)
    if case .refuse = decision, options.replacesForeignPages, finished.role != .manifest {
      decision = .update
    }
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
      let prepared = try target.prepare(finished.draft, produced, digest: digest)
      try target.file.note([prepared.entry])
      try target.publish([prepared])
      report.bytes += prepared.size
    }
    if finished.role == .page { report.page = path }
    if finished.role == .sheet { report.sheets.append(path) }
  }

  private mutating func removeLeftovers() async throws {
    for entry in await feed.leftovers + target.file.record.needlessSidecars {
      let found = target.folder.fact(entry.path)
      guard found != .absent, target.folder.isReachable(entry.path) else {
        try target.file.forget(entry.path)
        continue
      }
      guard options.prune else {
        if entry.role == .image { report.leftovers += 1 }
        continue
      }
      let decision = target.decide(entry.path, recipe: entry.recipe)
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

extension FolderTarget {
  fileprivate init(folder: ExportFolder, file: RecordFile, _ options: ExportOptions) {
    self.init(folder: folder, file: file, link: options.effectiveLink)
  }
}
