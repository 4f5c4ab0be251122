import FilePaths
import Platform

/// A folder that a library is backed up into.
struct BackupFolder {
  let folder: LibraryFolder

  init(path: FilePath) { folder = LibraryFolder(path: path) }

  /// The catalog's name until all files that it refers to exist.
  var draft: FilePath { folder.catalog + ".new" }
  private var mark: FilePath { folder.backupMark }

  /// Checks that the folder is a backup, is empty or does not exist; other folders are never
  /// written to.
  func validate(for library: LibraryFolder) throws {
    guard !folder.path.isInside(library.path) else {
      throw BackupError.insideLibrary(path: folder.path)
    }
    guard try FileSystem.exists(mark) || FileSystem.names(in: folder.path).isEmpty else {
      throw BackupError.notABackup(path: folder.path)
    }
  }

  /// Makes the folder ready to be written into, by one process at a time.
  ///
  /// - Returns: the lock, which must be held until the backup is complete.
  /// - Throws: `BackupError.busy` if another backup is writing into the folder; `BackupError`, `LibraryError`.
  func prepare(for library: LibraryFolder) throws -> BackupLock {
    try validate(for: library)
    if !FileSystem.exists(mark) {
      try FileSystem.makeFolder(folder.path)
      guard
        FileSystem.write(
          "A backup of a Seedbank library, and a library itself. The next backup writes here.\n",
          to: mark)
      else { throw LibraryError.cannotCreate(path: mark, errno: errno) }
    }
    guard let lock = try BackupLock(on: mark) else { throw BackupError.busy(path: folder.path) }
    try FileSystem.makeFolder(folder.images)
    try settleLog()
    removeDraft()
    return lock
  }

  /// SQLite would apply a log of the replaced catalog to the new one.
  private func settleLog() throws {
    let log = folder.catalog + "-wal"
    guard FileSystem.exists(log) else { return }
    try Library.open(folder, for: .writing).queue.close()
    guard !FileSystem.exists(log) else { throw LibraryError.busy(path: folder.catalog) }
  }

  /// Counts an image file as `take` would, and takes nothing.
  func plan(_ file: CataloguedFile, from library: LibraryFolder, _ report: inout BackupReport) {
    let name = file.relativePath
    if FileSystem.size(folder.path + "/" + name) == file.bytes {
      report.kept += 1
    } else if access(library.path + "/" + name, R_OK) != 0 {
      report.add(unopened: name, errno)
    } else {
      report.copied += 1
      report.copiedBytes += file.bytes
    }
  }

  /// Takes an image file in, unless it already exists.
  func take(
    _ file: CataloguedFile, from library: LibraryFolder, _ link: Library.BackupLink,
    _ report: inout BackupReport
  ) throws {
    let name = file.relativePath
    let (source, target) = (library.path + "/" + name, folder.path + "/" + name)
    if FileSystem.size(target) == file.bytes {
      report.kept += 1
      return
    }
    // A named pipe must not wait for a writer.
    let input = open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard input >= 0 else {
      report.add(unopened: name, errno)
      return
    }
    defer { close(input) }
    guard FileSystem.isRegular(input) else {
      report.damaged.append(name)
      return
    }
    try FileSystem.makeFolder(folder.images + "/" + file.digest.hex.prefix(2))
    let partial = target + ".part"
    FileSystem.removeIfPresent(partial)
    var isLinked = false
    if case .hardLinkOrCopy = link {
      // Of a file that the library only refers to, the file itself.
      isLinked = linkFollowing(source, partial) == 0
    }
    do throws(FileReadError) {
      if !isLinked { try FileSystem.copy(input, to: partial) }
    } catch {
      FileSystem.removeIfPresent(partial)
      switch error {
      case .source(let code): report.unreadable.append(.init(path: name, errno: code))
      case .target(let failure): throw failure
      }
      return
    }
    // What arrived is what counts, whether the source, the way or the target is at fault.
    guard ImageStore.digest(ofFileAt: partial) == file.digest else {
      FileSystem.removeIfPresent(partial)
      report.damaged.append(name)
      return
    }
    guard rename(partial, target) == 0 else { throw FileSystem.failure("rename", partial) }
    try FileSystem.syncFolder(of: target)
    report.copied += 1
    report.copiedBytes += file.bytes
    if isLinked { report.linked += 1 }
  }

  /// Gives the catalog its name: from here on this is the backup.
  func publish() throws {
    let descriptor = open(draft, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure("open", draft) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileSystem.failure("sync", draft) }
    guard rename(draft, folder.catalog) == 0 else { throw FileSystem.failure("rename", draft) }
    try FileSystem.syncFolder(of: folder.catalog)
  }

  func removeDraft() {
    for suffix in ["", "-wal", "-shm", "-journal"] { FileSystem.removeIfPresent(draft + suffix) }
  }
}

/// Which end of a copy failed.
private enum FileReadError: Error {
  case source(errno: Int32)
  case target(any Error)
}

extension FileSystem {
  /// Copies an open file and syncs the copy.
  fileprivate static func copy(_ input: Int32, to target: FilePath) throws(FileReadError) {
    let output = open(target, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o444)
    guard output >= 0 else { throw .target(failure("create", target)) }
    defer { close(output) }
    let isRead = try readPieces(of: input) { piece throws(FileReadError) in
      do {
        try write(piece, to: output, path: target)
      } catch {
        throw .target(error)
      }
    }
    guard isRead else { throw .source(errno: errno) }
    guard fsync(output) == 0 else { throw .target(failure("sync", target)) }
  }

  fileprivate static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.isRegularFile
  }
}
