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

  let target: Target
  let options: ImportOptions
  let isStopped: @Sendable () -> Bool

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
    var state = State(logs: logs)
    state.report.problems = scan.problems
    state.report.leftOut = scan.leftOut
    let named = Set(scan.files.lazy.filter(\.isNamed).map(\.path))
    var window = ImportWindow(of: scan.files[...])
    var outcomes = await inspect(window)
    while !outcomes.isEmpty, !isStopped() {
      let ahead = ImportWindow(of: scan.files[window.files.endIndex...])
      async let next = inspect(ahead)
      let failures = state.report.problems.count
      let isWritten = try await write(
        outcomes, named: named, references: scan.referenceFolders, at: now, using: &random,
        into: &state)
      guard isWritten else { break }
      let failed = Set(state.report.problems[failures...].map(\.path))
      onRead(outcomes.compactMap(\.fileInLibrary).filter { !failed.contains($0.path) })
      if state.news.isFull { try writeNews(of: &state, at: now) }
      progress(window.files.endIndex, scan.files.count)
      window = ahead
      outcomes = await next
    }
    try writeNews(of: &state, at: now)
    // Children may be imported before their parents, because the order depends on file names.
    if case .library(let library) = target { try library.connect(state.parents) }
    state.report.filesLeft = scan.files.count - state.report.files
    return state.report
  }

  private func writeNews(of state: inout State, at now: Timestamp) throws {
    let isRehearsal = if case .rehearsal = target { true } else { false }
    let completed = try state.news.write(
      to: target.present, by: options.actor, at: now, isRehearsal: isRehearsal)
    state.report.completed += completed
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
