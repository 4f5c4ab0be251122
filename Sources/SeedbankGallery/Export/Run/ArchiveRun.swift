import FilePaths
import SeedbankModel
import Synchronization

/// An export to an archive.
///
/// All files are written in order, in one run.
enum ArchiveRun {
  static func report(
    _ source: SelectionReader, to path: FilePath, options: ExportOptions,
    onEvent: @escaping @Sendable (ExportEvent) -> Void
  ) async throws -> ExportReport {
    // It contains only drafts of the page and the manifests.
    let drafts = ExportFolder(
      path: path.folder, draftPrefix: ArchiveTarget.draft(of: path).name + "-")
    try drafts.make()
    let target = try ArchiveTarget(path: path)
    drafts.removeDrafts()
    defer { drafts.removeDrafts() }

    var report = ExportReport()
    report.location = path
    report.copiedToEmbed = options.copiesToEmbed
    let feed = SelectionFeed(source, after: ExportRecord())
    var companions = try AuxiliaryFiles(options, drafts: drafts)
    let worker = ArchiveWorker(
      producer: ImageProducer(options: options, library: source.library.folder))
    var window = try await feed.next()
    while let current = window {
      async let ahead = feed.next()
      for piece in current.jobs.chunks(of: 4 * options.workers) {
        // Only a few at a time, because finished files wait in memory.
        let outcomes = try await Parallel.map(Array(piece), workers: options.workers) {
          try worker.outcome($0)
        }
        for outcome in outcomes {
          for file in outcome.product.files where file.decision.isWriting {
            report.bytes += try target.add(file)
          }
          note(outcome, &report, onEvent)
        }
        try companions.add(outcomes, of: current.page)
      }
      report.withoutImages += current.page.generations.count { $0.images.isEmpty }
      onEvent(.advanced(done: current.page.end, of: source.selection.count))
      window = try await ahead
    }
    for file in try companions.finish() { try add(file, to: target, &report, companions.latest) }
    report.charactersWithoutFont = companions.charactersWithoutFont
    try target.finish()
    return report
  }

  private static func add(
    _ finished: AuxiliaryFiles.Finished, to target: ArchiveTarget, _ report: inout ExportReport,
    _ time: Timestamp
  ) throws {
    try target.add(contentsOf: finished.draft, as: finished.path, at: time)
    if finished.role == .sheet { report.sheets.append(FilePath(finished.path.description)) }
  }

  private static func note(
    _ outcome: ImageOutcome, _ report: inout ExportReport,
    _ onEvent: @Sendable (ExportEvent) -> Void
  ) {
    let item = outcome.item
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
}

/// Creates the files of one image after another.
///
/// Each path is created once.
private final class ArchiveWorker: Sendable {
  private let producer: ImageProducer
  private let claimed = Mutex<Set<RelativePath>>([])

  init(producer: ImageProducer) { self.producer = producer }

  func outcome(_ job: ImageJob) throws -> ImageOutcome {
    guard ImageFiles.isThere(job.item.image, in: producer.library) else {
      return ImageOutcome(item: job.item, result: .missing)
    }
    var outcome = ImageOutcome(item: job.item, result: .decided(.write))
    let record = producer.record(of: job)
    outcome.product = try producer.product(job.item, record: record, decision: .write) {
      path, _ in
      self.claimed.withLock { $0.insert(path).inserted } ? .write : .keep
    }
    return outcome
  }
}
