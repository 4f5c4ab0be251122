public import FilePaths
internal import GRDB
import Platform
import SeedbankModel

/// The result of a backup.
public struct BackupReport: Hashable, Sendable {
  /// The number of image files that the backup did not have yet.
  public var copied = 0
  /// Number of copied bytes.
  public var copiedBytes: Int64 = 0
  /// The number of these that are hard links.
  public var linked = 0
  /// The number of files from earlier backups.
  public var kept = 0
  /// The number of files that are on a remote only, so that the backup does not contain them.
  public var remote = 0
  /// The files that are missing in the library or whose bytes do not match their names.
  public var damaged: [String] = []
  /// Files that exist but could not be read.
  public var unreadable: [UnreadableFile] = []
  /// Where the catalog of the earlier backup is now, if it was damaged; otherwise nil.
  public var damagedCatalog: FilePath?

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
  mutating func add(unopened file: CataloguedFile, _ errno: Int32) {
    if errno != ENOENT, errno != ENOTDIR {
      unreadable.append(UnreadableFile(path: file.relativePath, errno: errno))
    } else if file.isOnRemote {
      remote += 1
    } else {
      damaged.append(file.relativePath)
    }
  }
}

/// Why no backup was made; an earlier one is unchanged.
public enum BackupError: Error, Hashable, Sendable {
  /// The folder contains a library that is not a backup, or other files; it is not changed.
  case notABackup(path: FilePath)
  /// The folder is the library's own folder, or is in it.
  case insideLibrary(path: FilePath)
  /// Another backup into the folder is running.
  case busy(path: FilePath)
  /// The folder has a backup of generations that the library does not have, and that it did not delete
  /// permanently.
  case wouldLose(path: FilePath, generations: Int)
  /// The copy of the catalog has errors.
  case notSound(path: FilePath, detail: String)
}

extension Library {
  /// How image files are added to a backup.
  public enum BackupLink: Sendable {
    /// A hard link if both folders are on one file system, otherwise a copy.
    ///
    /// A hard link needs no space, but does not help if the disk fails.
    case hardLinkOrCopy
    case copy
  }

  /// Backs up the library into a folder, which becomes a library itself; a later backup copies only
  /// new files.
  ///
  /// SQLite's online backup copies one state of the catalog, even if other processes write
  /// meanwhile. The copy gets its name last, when its images exist. So if the backup is stopped,
  /// the earlier one is complete. Every copied file is read again and hashed.
  ///
  /// - Parameter progress: called with the number of image files that are done.
  /// - Throws: `BackupError`, `LibraryError`.
  public func backup(
    to path: FilePath, link: BackupLink = .hardLinkOrCopy,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> BackupReport {
    var target = BackupFolder(path: path)
    let lock = try target.prepare(for: self)
    defer { withExtendedLifetime(lock) { target.removeDraft() } }
    let copy = try copyCatalog(to: target)
    var report = try copyImages(of: copy, to: target, link, progress)
    do {
      try copy.closeWithoutLog()
    } catch let error as DatabaseError {
      throw LibraryError(error, path: target.draft)
    }
    try target.publish()
    if target.isCatalogDamaged { report.damagedCatalog = target.damagedCatalog }
    return report
  }

  /// Returns what a backup into the folder would copy; nothing is written, and no image file is read.
  ///
  /// - Throws: `BackupError`, `LibraryError`.
  public func backupPlan(to path: FilePath) throws -> BackupReport {
    var target = BackupFolder(path: path)
    try target.validate(for: folder)
    try target.checkContents(against: self)
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
      let faults = try copy.inDatabase { try PageCheck.faults(in: $0) }
      for case .catalogDamaged(let detail) in faults {
        throw BackupError.notSound(path: target.draft, detail: detail)
      }
      // The copy holds unfinished work wherever it is put, also if it replaces the library.
      try copy.write { try FolderMark.forget(in: $0) }
      // The other faults are in derived data, which is created again in the copy, so the backup is
      // made.
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
