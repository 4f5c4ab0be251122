import FilePaths
public import SeedbankModel
public import SeedbankStorage

/// Imports images from this computer into a library.
///
/// Files are read in parallel, one group at a time, while the previous group is written. So memory use
/// does not depend on their number. An interrupted import can be started again: imported files are
/// recognized by their digest.
public struct Importer: Sendable {
  /// The number of files read so far, and of all.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// The target of an import.
  public enum Target: Sendable {
    case library(Library)
    /// Nothing is written. The import only finds out what would be new in the library, which may not
    /// exist yet.
    case rehearsal(Library?)
  }

  private let target: Target
  private let options: ImportOptions
  private let isStopped: @Sendable () -> Bool

  /// - Parameter isStopped: called between groups, and while the import waits for the image store. Images
  ///   that are already imported stay.
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
  ///   - now: the time of the import, for the uids.
  ///   - random: for the rest of the uids.
  /// - Throws: `LibraryError`. Images that are already imported stay.
  public func run(
    at now: Timestamp, using random: inout some RandomNumberGenerator,
    progress: Progress = { _, _ in }
  ) async throws -> ImportReport {
    let folder = target.present?.folder
    let options = self.options
    // Not on Swift's own threads, because a network folder can be slow.
    let scan = await BlockingWork.run { ImportScan(options, excluding: folder?.path) }
    return try await run(scan, at: now, using: &random, progress: progress)
  }

  /// Imports files that were found.
  ///
  /// - Parameter onRead: called after each group is in the library, with the files that need not be read
  ///   again and the digests of their images.
  func run(
    _ scan: ImportScan, at now: Timestamp, using random: inout some RandomNumberGenerator,
    progress: Progress = { _, _ in },
    onRead: ([(path: FilePath, digest: Digest?)]) -> Void = { _ in }
  ) async throws -> ImportReport {
    let folder = target.present?.folder
    // A separate connection does not wait for writes.
    let catalog = try folder.map { try Library.open($0, for: .reading) }
    let manifests = Array(scan.manifests.values)
    let logs = FooocusLogs()
    func inspect(_ window: ImportWindow) async -> [ImportedImage.Outcome] {
      await window.inspected(manifests, limits: options.limits, logs: logs, library: catalog)
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
      let failures = report.problems.count
      let isWritten = try await write(
        outcomes, named: named, references: scan.referenceFolders, at: now, using: &random,
        seen: &seen, parents: &parents, news: &news, into: &report)
      guard isWritten else { break }
      let failed = Set(report.problems[failures...].map(\.path))
      onRead(outcomes.compactMap(\.fileInLibrary).filter { !failed.contains($0.path) })
      if news.isFull { try write(&news, at: now, into: &report) }
      progress(window.files.endIndex, scan.files.count)
      window = ahead
      outcomes = await next
    }
    try write(&news, at: now, into: &report)
    // Children may be imported before their parents, because the order depends on file names.
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

  /// Writes a group.
  ///
  /// - Returns: false if the import was stopped before. Nothing of the group is written then.
  private func write(
    _ outcomes: [ImportedImage.Outcome], named: Set<FilePath>, references: [FilePath],
    at now: Timestamp, using random: inout some RandomNumberGenerator, seen: inout Set<Digest>,
    parents: inout [UID: UID], news: inout SidecarNews, into report: inout ImportReport
  ) async throws -> Bool {
    // Until the rows exist, the files would look like orphans. And another import must not write the rows
    // that decide which images are new.
    var claim: Claim?
    if case .library(let library) = target {
      claim = try await library.claimStore(
        for: .judging, pausing: { try? await Task.sleep(for: $0) },
        isStopped: { isStopped() || Task.isCancelled })
      if claim == nil { return false }
    }
    defer { withExtendedLifetime(claim) {} }
    var drafts: [GenerationDraft] = []
    var records: [GenerationRecord] = []
    var returned: [Digest] = []
    var batch: ImageBatch? =
      if case .library(let library) = target { library.imageBatch() } else { nil }
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
        // A library that was restored from a dump has images without files.
        let isMissed = isFirst && found.isKnown && found.image.missingSince != nil
        if isNew || isMissed, try !(take(found, into: &batch)) {
          seen.remove(found.image.digest)
          report.problems.append(ImportProblem(path: found.path, kind: .changed))
          continue
        }
        if isMissed { returned.append(found.image.digest) }
        // A Seedbank record may contain newer data for an image that already exists.
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
    guard case .library(let library) = target else {
      report.returned += returned.count
      return true
    }
    var seenReferences: Set<Digest> = []
    for reference in records.flatMap(\.references)
    where seenReferences.insert(reference.digest).inserted {
      if try take(reference, from: references, in: library, into: &batch) {
        returned.append(reference.digest)
      }
    }
    report.returned += returned.count
    // The files are synced before their rows are written.
    try batch?.flush()
    if !returned.isEmpty { try library.noteReturned(returned) }
    if !drafts.isEmpty { report.imported += try library.record(drafts) }
    guard !records.isEmpty else { return true }
    let restored = try library.restore(records, at: now)
    report.new += restored.added
    report.merged += restored.merged
    report.conflicts += restored.conflictCount
    for record in records where record.parentUID != nil {
      if let uid = record.uid { parents[uid] = record.parentUID }
    }
    return true
  }

  /// Whether the library now has the image, because another import may have added it in the meantime.
  private func isThere(_ found: ImportedImage) throws -> Bool {
    guard !found.isKnown, case .library(let library) = target else { return found.isKnown }
    return try library.catalogued(found.image.digest) != nil
  }

  /// Puts the reference image of a record into the store if the library lacks it.
  ///
  /// - Returns: whether one of the folders had it.
  private func take(
    _ reference: ReferenceImage, from folders: [FilePath], in library: Library,
    into batch: inout ImageBatch?
  ) throws -> Bool {
    let isThere = ImageFiles.isThere(library.folder.absolutePath(of: reference))
    // A file without a row may be left by an import that was stopped before its flush.
    if isThere, try library.cataloguedFile(reference.digest) != nil { return false }
    let name = ExportLayout.reference(reference).name
    for folder in folders {
      let path = folder.appending(FilePath(name))
      guard let file = try? ImportedFile.read(path, limit: options.limits.bytes, anyKind: true),
        Digest(of: file.bytes) == reference.digest
      else { continue }
      try batch?.add(file.bytes, digest: reference.digest, format: reference.format)
      return !isThere
    }
    return false
  }

  /// Stores the file.
  ///
  /// Returns false if it changed since it was read.
  private func take(_ found: ImportedImage, into batch: inout ImageBatch?) throws -> Bool {
    let image = found.image
    // A link would keep the metadata that an export wrote into the file.
    guard let link = options.link, found.isAsFound else {
      try batch?.add(found.bytes, digest: image.digest, format: image.format)
      return true
    }
    return try batch?.link(
      found.path, found.identity, by: link, digest: image.digest, format: image.format) ?? true
  }
}

extension Importer.Target {
  /// The library, if it exists.
  fileprivate var present: Library? {
    switch self {
    case .library(let library): library
    case .rehearsal(let library): library
    }
  }
}
