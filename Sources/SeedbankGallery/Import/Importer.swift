import FilePaths
public import SeedbankModel
public import SeedbankStorage

/// Brings images that are on this machine already into a library.
///
/// Files are inspected in parallel, a window at a time, while the window before is being written; so
/// memory stays flat, and an import that was stopped goes on where it was when it is started again:
/// what came in is recognised by its digest.
public struct Importer: Sendable {
  /// Files looked at so far, of how many.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// Where images go.
  public enum Target: Sendable {
    case library(Library)
    /// Nowhere: it is found out what would come into the library, which may not be there yet.
    case rehearsal(Library?)
  }

  private let target: Target
  private let options: ImportOptions
  private let isStopped: @Sendable () -> Bool

  /// - Parameter isStopped: asked between windows; what is in by then stays.
  public init(
    into target: Target, options: ImportOptions,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.target = target
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
    let folder = target.present?.folder
    let options = self.options
    // Off Swift's own threads: a folder of a network may keep one waiting for long.
    let scan = await BlockingWork.run { ImportScan(options, excluding: folder?.path) }
    return try await run(scan, at: now, using: &random, progress: progress)
  }

  /// Imports files that were found.
  func run(
    _ scan: ImportScan, at now: Timestamp, using random: inout some RandomNumberGenerator,
    progress: Progress = { _, _ in }
  ) async throws -> ImportReport {
    let folder = target.present?.folder
    // A connection of its own does not wait for what is being written meanwhile.
    let catalog = try folder.map { try Library.open($0, for: .reading) }
    let manifests = Array(scan.manifests.values)
    let logs = FooocusLogs()
    func inspect(_ window: ImportWindow) async -> [ImportedImage.Outcome] {
      await window.inspected(manifests, limits: options.limits, logs: logs) {
        try catalog?.catalogued($0)
      }
    }
    var report = ImportReport()
    report.problems = scan.problems
    report.leftOut = scan.leftOut
    let named = Set(scan.files.lazy.filter(\.isNamed).map(\.path))
    var seen: Set<Digest> = []
    var parents: [UID: UID] = [:]
    var news = SidecarNews()
    var window = ImportWindow(of: scan.files[...])
    var outcomes = await inspect(window)
    while !outcomes.isEmpty, !isStopped() {
      let ahead = ImportWindow(of: scan.files[window.files.endIndex...])
      async let next = inspect(ahead)
      try write(
        outcomes, named: named, at: now, using: &random, seen: &seen, parents: &parents,
        news: &news, into: &report)
      if news.isFull { try write(&news, at: now, into: &report) }
      progress(window.files.endIndex, scan.files.count)
      window = ahead
      outcomes = await next
    }
    try write(&news, at: now, into: &report)
    // Files are named as people like, so children may come long before their parents.
    if case .library(let library) = target { try library.connect(parents) }
    report.filesLeft = scan.files.count - report.files
    return report
  }

  private func write(
    _ news: inout SidecarNews, at now: Timestamp, into report: inout ImportReport
  ) throws {
    guard let library = target.present else { return }
    let isRehearsal = if case .rehearsal = target { true } else { false }
    report.completed += try news.write(
      to: library, by: options.actor, at: now, isRehearsal: isRehearsal)
  }

  private func write(
    _ outcomes: [ImportedImage.Outcome], named: Set<FilePath>, at now: Timestamp,
    using random: inout some RandomNumberGenerator, seen: inout Set<Digest>,
    parents: inout [UID: UID], news: inout SidecarNews, into report: inout ImportReport
  ) throws {
    var drafts: [GenerationDraft] = []
    var records: [GenerationRecord] = []
    var returned: [Digest] = []
    var batch: ImageBatch? =
      if case .library(let library) = target { library.imageBatch() } else { nil }
    // Until the rows are there the files would look like orphans; and what is new is judged by rows,
    // which another import must not be about to write.
    let claim: Claim? =
      if case .library(let library) = target { try library.claimStore(for: .judging) } else { nil }
    defer { withExtendedLifetime(claim) {} }
    for outcome in outcomes {
      report.files += 1
      switch outcome {
      case .otherFile(let path, let format), .sidecar(let path, let format):
        if named.contains(path) {
          report.problems.append(ImportProblem(path: path, kind: .notAnImage(format)))
        } else if case .sidecar = outcome {
          report.sidecars += 1
        } else {
          report.otherFiles += 1
        }
      case .problem(let problem): report.problems.append(problem)
      case .stopped(let error): throw error
      case .image(let found):
        let isFirst = seen.insert(found.image.digest).inserted
        let isNew = try isFirst && !isThere(found)
        // A library that was restored from a dump knows images whose files it lacks.
        let isMissed = isFirst && found.isKnown && found.image.missingSince != nil
        if isNew || isMissed, try !(take(found, into: &batch)) {
          seen.remove(found.image.digest)
          report.problems.append(ImportProblem(path: found.path, kind: .changed))
          continue
        }
        if isMissed { returned.append(found.image.digest) }
        // A record of our own may bring news of an image that is here already.
        if found.isOwn {
          records += found.ownRecords(tags: options.tags, isFirst: isFirst)
        } else if isNew {
          report.new += 1
          drafts.append(found.draft(uid: UID(at: now, using: &random), options: options))
        }
        if isFirst, options.readsPersonalMetadata { news.add(found) }
        if isNew, let package = found.missingPackage { report.undecoded[package, default: 0] += 1 }
        if isNew {
          report.tools[found.origin.name, default: 0] += 1
        } else {
          report.duplicates += 1
        }
      }
    }
    report.records += records.count
    report.returned += returned.count
    guard case .library(let library) = target else { return }
    // The files are on the disk for good before a row speaks of them.
    try batch?.flush()
    if !returned.isEmpty { try library.noteReturned(returned) }
    if !drafts.isEmpty { report.imported += try library.record(drafts) }
    guard !records.isEmpty else { return }
    let restored = try library.restore(records, at: now)
    report.new += restored.added
    report.merged += restored.merged
    report.conflicts += restored.conflictCount
    for record in records where record.parentUID != nil {
      if let uid = record.uid { parents[uid] = record.parentUID }
    }
  }

  /// Whether the library has the image by now: another import may have brought it since it was looked at.
  private func isThere(_ found: ImportedImage) throws -> Bool {
    guard !found.isKnown, case .library(let library) = target else { return found.isKnown }
    return try library.catalogued(found.image.digest) != nil
  }

  /// Puts the file into the store; false where it is another by now than when it was inspected.
  private func take(_ found: ImportedImage, into batch: inout ImageBatch?) throws -> Bool {
    let image = found.image
    // A link would bring in the copies that an export put into the file.
    guard let link = options.link, found.isAsFound else {
      try batch?.add(found.bytes, digest: image.digest, format: image.format)
      return true
    }
    return try batch?.link(
      found.path, found.identity, by: link, digest: image.digest, format: image.format) ?? true
  }
}

extension Importer.Target {
  /// The library, where there is one.
  fileprivate var present: Library? {
    switch self {
    case .library(let library): library
    case .rehearsal(let library): library
    }
  }
}
