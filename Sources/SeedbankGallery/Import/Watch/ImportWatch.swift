public import FilePaths
import Platform
public import SeedbankModel
public import SeedbankStorage
import Synchronization

/// Why a folder cannot be watched.
public enum ImportWatchError: Error, Hashable, Sendable {
  /// The system allows no more watches.
  case tooManyFolders(watched: Int)
  /// The folder does not exist, or no longer exists.
  case gone(path: FilePath)
  /// The system refused; its reason.
  case system(errno: Int32)
}

/// An event during a watch.
public enum ImportWatchEvent: Sendable {
  /// All files that were in the folder at the start were imported.
  case watching(folders: Int)
  /// Files were imported or failed.
  case imported(ImportReport)
  /// Events were lost, and the folder is scanned again.
  case scanning
}

/// The counts of a watch.
public struct ImportWatchSummary: Hashable, Sendable {
  /// Number of files that were read.
  public internal(set) var files = 0
  /// Number of images that were added.
  public internal(set) var new = 0
  /// Number of images that the library already had.
  public internal(set) var duplicates = 0
  /// Number of files that could not be imported.
  public internal(set) var failed = 0

  mutating func add(_ report: ImportReport) {
    files += report.files
    new += report.new
    duplicates += report.duplicates
    failed += report.problems.count
  }
}

/// Imports the files of a folder, and then each new file, until it is stopped.
///
/// A list in the library contains the files that need not be read again, so that a later watch reads only
/// new and changed files.
///
/// Files that are still open for writing wait. Changes are imported in batches. During an import, the
/// kernel queues the next changes. If its queue overflows, the folder is scanned again.
public struct ImportWatch: Sendable {
  private let library: Library
  private let options: ImportOptions
  private let folder: FilePath
  private let events: FolderEvents

  /// The milliseconds without a change after which a batch ends, and its longest duration.
  private static let (quiet, longest) = (Int32(250), Int32(2000))
  /// The number of paths after which a batch ends.
  private static let most = 1024

  /// - Parameter options: `paths` is the one folder to watch.
  /// - Throws: `ImportWatchError`.
  public init(into library: Library, options: ImportOptions) throws(ImportWatchError) {
    try self.init(into: library, options: options, adding: FolderEvents.addingWatch)
  }

  init(
    into library: Library, options: ImportOptions, adding: @escaping FolderEvents.WatchAdding
  ) throws(ImportWatchError) {
    guard let folder = options.paths.first, folder.isFolder else {
      throw .gone(path: options.paths.first ?? FilePath(""))
    }
    self.library = library
    self.options = options
    self.folder = folder.withoutTrailingSlashes
    events = try FolderEvents(adding: adding)
  }

  /// Ends `run` as soon as the files that are being imported are in the library.
  ///
  /// May be called from any thread.
  public func stop() { events.stop() }

  /// Watches until `stop` is called.
  ///
  /// - Parameter now: the time of each import.
  /// - Throws: `ImportWatchError`, `LibraryError`. Reported images are in the library.
  public func run(
    now: @Sendable () -> Timestamp, using random: inout some RandomNumberGenerator,
    isStopped: @escaping @Sendable () -> Bool,
    onEvent: @Sendable (ImportWatchEvent) -> Void
  ) async throws -> ImportWatchSummary {
    var summary = ImportWatchSummary()
    let list = await BlockingWork.run { [folder, library] in
      SeenFileList(of: folder, in: library.folder)
    }
    var known: Set<SeenFile> = []
    var batch: FolderEvents.Batch? = FolderEvents.Batch(needsScan: true)
    var isStart = true
    while let current = batch, !isStopped() {
      if current.isOver { throw ImportWatchError.gone(path: folder) }
      if current.needsScan, !isStart { onEvent(.scanning) }
      let found = try await scan(current, known: known, listed: isStart ? list : nil)
      if isStart { list.compact(to: Array(found.listed)) }
      known.formUnion(found.listed)
      if !found.scan.files.isEmpty || !found.scan.problems.isEmpty {
        // The user named the folder, not the file, so files that are not images are skipped.
        let report = try await Importer(
          into: .library(library), options: options, isStopped: isStopped
        ).run(
          found.scan, at: now(), using: &random,
          onRead: { files in
            list.append(
              files.compactMap { file in found.files[file.path].map { ($0, file.digest) } })
          })
        // Files that failed are tried again at the next start, but not in this watch.
        if report.filesLeft == 0 { known.formUnion(found.files.values) }
        summary.add(report)
        onEvent(.imported(report))
      }
      if isStart { onEvent(.watching(folders: events.count)) }
      isStart = false
      let events = self.events
      batch = await BlockingWork.run {
        events.wait(quiet: Self.quiet, longest: Self.longest, most: Self.most)
      }
    }
    return summary
  }

  private struct Found: Sendable {
    var scan: ImportScan
    /// The files to read, as they were before the reading.
    var files: [FilePath: SeenFile] = [:]
    /// The files that need not be read, because the list contains them.
    var listed: Set<SeenFile> = []
  }

  /// Finds the files of a batch that are new or changed, and not open for writing.
  ///
  /// Folders are watched before their names are read, so that no file is missed.
  private func scan(
    _ batch: FolderEvents.Batch, known: Set<SeenFile>, listed list: SeenFileList?
  ) async throws -> Found {
    let (options, folder, events, library) = (options, folder, events, library)
    return try await BlockingWork.run { () throws -> Found in
      // What is imported into a library that was deleted or replaced would be lost.
      guard !library.isReplaced else { throw LibraryError.replaced(path: library.folder.path) }
      let failure = Mutex<ImportWatchError?>(nil)
      let watch: @Sendable (FilePath) -> Bool = { folder in
        do throws(ImportWatchError) {
          return try events.watch(folder)
        } catch {
          failure.withLock { $0 = error }
          return true
        }
      }
      let excluded = library.folder.path
      let dependent = Set(batch.paths.flatMap(SidecarFile.dependentFiles))
      let scan =
        batch.needsScan
        ? ImportScan(options, excluding: excluded, onEnter: watch)
        : ImportScan(
          options, found: batch.paths.union(dependent).sorted(), below: folder,
          excluding: excluded, onEnter: watch)
      if let failure = failure.withLock({ $0 }) { throw failure }
      if batch.needsScan {
        // The event of its removal may be lost, or it was removed before it was watched.
        guard folder.isFolder else { throw ImportWatchError.gone(path: folder) }
        // A scan does not enter the folder of the library itself, so no event would ever come.
        guard events.count > 0 else { throw ImportWatchError.system(errno: EOPNOTSUPP) }
      }
      return try Self.choose(from: scan, known: known) { file in
        guard let found = list?.digest(of: file) else { return false }
        guard let digest = found else { return true }
        // Without its file in the library, or without its generation, the image is imported again.
        return try library.catalogued(digest).map { $0.missingSince == nil } ?? false
      }
    }
  }

  /// Chooses the files that are new or changed, not open for writing, or whose sidecar is new or changed.
  private static func choose(
    from scan: ImportScan, known: Set<SeenFile>, isListed: (SeenFile) throws -> Bool
  ) throws -> Found {
    var found = Found(scan: scan)
    var current: [FilePath: SeenFile] = [:]
    var dependent: Set<FilePath> = []
    for path in scan.files.map(\.path) {
      guard let file = SeenFile(at: path) else { continue }
      current[path] = file
      if known.contains(file) { continue }
      if try isListed(file) {
        found.listed.insert(file)
      } else if !OpenFiles.isBeingWritten(path) {
        found.files[path] = file
        dependent.formUnion(SidecarFile.dependentFiles(of: path))
      }
    }
    if !dependent.isEmpty {
      for (path, file) in current
      where dependent.contains(path) || dependent.contains(path.folder) {
        if !OpenFiles.isBeingWritten(path) { found.files[path] = file }
      }
    }
    let files = found.files
    found.scan.keep { files[$0.path] != nil }
    return found
  }
}
