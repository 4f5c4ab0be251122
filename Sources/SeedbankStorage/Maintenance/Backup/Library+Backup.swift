public import FilePaths
internal import GRDB
import Glibc
import SeedbankModel

/// What a backup wrote.
public struct BackupReport: Hashable, Sendable {
  /// Image files that were not in the backup yet, and their bytes.
  public var copied = 0
  /// Number of copied bytes.
  public var copiedBytes: Int64 = 0
  /// Of these, how many are hard links: the same file under a second name.
  public var linked = 0
  /// Files that an earlier backup had brought.
  public var kept = 0
  /// Files that the library itself lacks, or that don't hold the bytes which their names say.
  public var damaged: [String] = []
  /// Files that exist but could not be read.
  public var unreadable: [UnreadableFile] = []

  /// A file that the system did not let be read.
  public struct UnreadableFile: Hashable, Sendable {
    /// The path below the library's folder.
    public let path: String
    /// The reason of the system.
    public let errno: Int32
  }

  /// Makes an empty report.
  public init() {}

  /// Notes a file that could not be opened, with the reason of the system.
  mutating func add(unopened path: String, _ errno: Int32) {
    if errno == ENOENT || errno == ENOTDIR {
      damaged.append(path)
    } else {
      unreadable.append(UnreadableFile(path: path, errno: errno))
    }
  }
}

/// Why a backup was not made; an earlier one is still as it was.
public enum BackupError: Error, Hashable, Sendable {
  /// The folder holds a library that is no backup, or something else; it is not touched.
  case notABackup(path: FilePath)
  /// The library's own folder, or one within it.
  case insideLibrary(path: FilePath)
  /// The copy of the catalog is not sound.
  case notSound(path: FilePath, detail: String)
}

extension Library {
  /// How image files come into a backup.
  public enum BackupLink: Sendable {
    /// A second name for the same file where both folders are on one file system, else a copy. It
    /// costs no room, and does not help when the disk itself dies.
    case hardLinkOrCopy
    case copy
  }

  /// Backs the library up into a folder, which is a library itself; a second time only what is new.
  ///
  /// The catalog is copied by SQLite's online backup, of one moment, even if others write meanwhile. It takes
  /// its name last, when its images are there: stopped at any time, the earlier backup is still whole.
  /// Every file that was copied is read back and hashed.
  /// - Parameter progress: told how many of the image files are done.
  /// - Throws: `BackupError`, `LibraryError`.
  public func backup(
    to path: FilePath, link: BackupLink = .hardLinkOrCopy,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> BackupReport {
    let target = BackupFolder(path: path)
    try target.prepare(for: folder)
    defer { target.removeDraft() }
    let copy = try copyCatalog(to: target)
    let report = try copyImages(of: copy, to: target, link, progress)
    try copy.close()
    try target.publish()
    return report
  }

  /// What a backup into the folder would bring; nothing is written, and no file is read.
  ///
  /// - Throws: `BackupError`, `LibraryError`.
  public func backupPlan(to path: FilePath) throws -> BackupReport {
    let target = BackupFolder(path: path)
    try target.validate(for: folder)
    var report = BackupReport()
    var cursor: Digest?
    while true {
      let page = try read { try CataloguedFile.page(after: cursor, limit: 500, in: $0) }
      guard let last = page.last else { return report }
      cursor = last.digest
      for file in page { target.plan(file, from: folder, &report) }
    }
  }

  private func copyCatalog(to target: BackupFolder) throws -> DatabaseQueue {
    do {
      let copy = try DatabaseQueue(path: CatalogPath.connection(target.draft))
      try queue.backup(to: copy)
      let faults = copy.inDatabase { PageCheck.faults(in: $0) }
      for case .catalogDamaged(let detail) in faults {
        throw BackupError.notSound(path: target.draft, detail: detail)
      }
      // Wherever the copy is put, also over the library itself, it holds what was unfinished.
      try copy.write { try FolderMark.forget(in: $0) }
      // What is left is derived and no reason to go without a backup; it is created again in the copy.
      if !faults.isEmpty { try SearchIndex.rebuild(through: copy) }
      return copy
    } catch let error as DatabaseError {
      throw LibraryError(error, path: target.draft)
    }
  }

  private func copyImages(
    of copy: DatabaseQueue, to target: BackupFolder, _ link: BackupLink,
    _ progress: (Int, Int) -> Void
  ) throws -> BackupReport {
    var report = BackupReport()
    var cursor: Digest?
    let total = try copy.read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM (
            SELECT sha256, format FROM image UNION SELECT sha256, format FROM reference_image)
          """) ?? 0
    }
    var done = 0
    while true {
      let page = try copy.read { try CataloguedFile.page(after: cursor, limit: 500, in: $0) }
      guard let last = page.last else { return report }
      cursor = last.digest
      for file in page { try target.take(file, from: folder, link, &report) }
      done += page.count
      progress(done, total)
    }
  }
}
