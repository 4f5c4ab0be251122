public import Storage

/// Brings images that are on this machine already into a library.
///
/// Files are inspected in parallel, a window at a time, while the window before is being written; so
/// memory stays flat, and an import that was stopped goes on where it was when it is started again:
/// what came in is recognised by its digest.
public struct Importer: Sendable {
  /// Files of one window, which are also one transaction.
  private static let window = 64

  /// Files looked at so far, of how many.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  private let library: Library
  private let options: ImportOptions
  private let isStopped: @Sendable () -> Bool

  /// - Parameter isStopped: asked between windows; what is in by then stays.
  public init(
    into library: Library, options: ImportOptions,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.library = library
    self.options = options
    self.isStopped = isStopped
  }

  /// Imports everything below the paths.
  ///
  /// - Parameters:
  ///   - now: the time of the import, which makes the uids.
  ///   - random: the rest of the uids.
  /// - Throws: `LibraryError`; what was reported done by then stays.
  public func run(
    at now: Timestamp, using random: inout some RandomNumberGenerator,
    progress: Progress = { _, _ in }
  ) async throws -> ImportReport {
    let scan = ImportScan(options.paths, excluding: library.folder.path)
    var report = ImportReport()
    report.problems = scan.unreadable.map {
      ImportProblem(path: $0.path, kind: .unreadable(errno: $0.errno))
    }
    var seen: Set<Digest> = []
    var parents: [UID: UID] = [:]
    let manifests = Array(scan.manifests.values)
    var start = 0
    var pending = await inspect(Array(scan.files.prefix(Self.window)), manifests)
    while !pending.isEmpty, !isStopped() {
      let current = pending
      start += current.count
      let ahead = Array(scan.files.dropFirst(start).prefix(Self.window))
      async let next = inspect(ahead, manifests)
      try write(
        current, at: now, using: &random, seen: &seen, parents: &parents, into: &report)
      progress(start, scan.files.count)
      pending = await next
    }
    // Files are named as people like, so children may come long before their parents.
    try library.connect(parents)
    return report
  }

  private func inspect(
    _ paths: [String], _ manifests: [ExportedManifest]
  ) async -> [ImportedImage.Outcome] {
    await withTaskGroup(of: (Int, ImportedImage.Outcome).self) { group in
      var outcomes = [ImportedImage.Outcome](repeating: .otherFile, count: paths.count)
      var queued = 0
      func addTask() {
        guard queued < paths.count else { return }
        let index = queued
        queued += 1
        group.addTask { (index, ImportedImage.inspect(paths[index], manifests: manifests)) }
      }
      for _ in 0..<options.jobs { addTask() }
      for await (index, outcome) in group {
        outcomes[index] = outcome
        addTask()
      }
      return outcomes
    }
  }

  private func write(
    _ outcomes: [ImportedImage.Outcome], at now: Timestamp,
    using random: inout some RandomNumberGenerator, seen: inout Set<Digest>,
    parents: inout [UID: UID], into report: inout ImportReport
  ) throws {
    var drafts: [GenerationDraft] = []
    var records: [GenerationRecord] = []
    var batch = library.imageBatch()
    for outcome in outcomes {
      report.files += 1
      switch outcome {
      case .otherFile: report.otherFiles += 1
      case .problem(let problem): report.problems.append(problem)
      case .image(let found):
        let isFirst = seen.insert(found.image.digest).inserted
        let isNew = try isFirst && !holds(found.image.digest)
        // A record of our own may bring news of an image that is here already.
        if found.isOwn {
          records += found.ownRecords(tags: options.tags, isFirst: isFirst)
        } else if isNew {
          report.new += 1
          drafts.append(found.draft(uid: UID(at: now, using: &random), tags: options.tags))
        }
        guard isNew else {
          report.duplicates += 1
          continue
        }
        report.tools[found.origin.name, default: 0] += 1
        if !options.isDryRun { try take(found, into: &batch) }
      }
    }
    guard !options.isDryRun else {
      report.records += records.count
      return
    }
    // The files are on the disk for good before a row speaks of them.
    try batch.flush()
    if !drafts.isEmpty { report.imported += try library.record(drafts) }
    if !records.isEmpty {
      let restored = try library.restore(records, at: now)
      report.new += restored.added
      report.merged += restored.merged
      report.records += records.count
      report.conflicts += restored.conflictCount
      for record in records where record.parentUID != nil {
        if let uid = record.uid { parents[uid] = record.parentUID }
      }
    }
  }

  private func holds(_ digest: Digest) throws -> Bool {
    try !library.images(digestPrefix: digest.hex, limit: 1).isEmpty
  }

  private func take(_ found: ImportedImage, into batch: inout ImageBatch) throws {
    let image = found.image
    // A link would bring in the copies that an export put into the file.
    if let link = options.link, found.isAsFound {
      try batch.link(found.path, by: link, digest: image.digest, format: image.format)
    } else {
      try batch.add(found.bytes, digest: image.digest, format: image.format)
    }
  }
}
