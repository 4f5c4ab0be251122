import FilePaths
import Platform
import SeedbankModel

/// A folder that a library is backed up into.
struct BackupFolder {
  let folder: LibraryFolder
  /// Whether the catalog of the earlier backup cannot be read.
  private(set) var isCatalogDamaged = false

  init(path: FilePath) { folder = LibraryFolder(path: path) }

  /// The catalog's name until all files that it refers to exist.
  var draft: FilePath { folder.catalog + ".new" }
  /// The name of a damaged catalog after a new one has taken its place.
  var damagedCatalog: FilePath { folder.catalog + ".damaged" }
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
  mutating func prepare(for library: Library) throws -> BackupLock {
    try validate(for: library.folder)
    if !FileSystem.exists(mark) {
      try FileSystem.makeFolder(folder.path)
      guard
        FileSystem.write(
          "A backup of a Seedbank library, and a library itself. The next backup writes here.\n",
          to: mark)
      else { throw LibraryError.cannotCreate(path: mark, errno: errno) }
    }
    guard let lock = try BackupLock(on: mark) else { throw BackupError.busy(path: folder.path) }
    try checkContents(against: library)
    if !isCatalogDamaged { try settleLog() }
    try FileSystem.makeFolder(folder.images)
    removeDraft()
    return lock
  }

  /// Checks that replacing the catalog loses no generation.
  ///
  /// A damaged catalog is not an error, because it would stop all later backups. It is kept under another
  /// name.
  ///
  /// - Throws: `BackupError.wouldLose`, `LibraryError`.
  mutating func checkContents(against library: Library) throws {
    guard let unknown = try unknownGenerations(to: library) else {
      isCatalogDamaged = true
      return
    }
    guard unknown == 0 else {
      throw BackupError.wouldLose(path: folder.path, generations: unknown)
    }
  }

  /// SQLite would apply a log of the replaced catalog to the new one.
  private mutating func settleLog() throws {
    let log = folder.catalog + "-wal"
    guard FileSystem.exists(log) else { return }
    do {
      try Library.open(folder, for: .writing).queue.close()
    } catch LibraryError.corrupt, LibraryError.notALibrary {
      isCatalogDamaged = true
      return
    }
    guard FileSystem.exists(log) else { return }
    throw FileSystem.isFull(folder.path)
      ? LibraryError.full(path: folder.catalog) : .busy(path: folder.catalog)
  }

  /// Counts an image file as `take` would, and takes nothing.
  func plan(_ file: CataloguedFile, from library: LibraryFolder, _ report: inout BackupReport) {
    let name = file.relativePath
    if FileSystem.size(folder.path + "/" + name) == file.bytes {
      report.kept += 1
    } else if access(library.path + "/" + name, R_OK) != 0 {
      report.add(unopened: file, errno)
    } else {
      report.copied += 1
      // A record of another library says how large the file is, and can be wrong.
      let size = FileSystem.size(library.path + "/" + name) ?? 0
      report.copiedBytes = report.copiedBytes.addingSize(size)
    }
  }

  /// Takes an image file in, unless a file of its size exists.
  ///
  /// Earlier files are not read, because a backup is made often. A check of the backup reads them.
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
      report.add(unopened: file, errno)
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
    report.copiedBytes += FileSystem.size(target) ?? 0
    if isLinked { report.linked += 1 }
  }

  /// Gives the catalog its name: from here on this is the backup.
  func publish() throws {
    let descriptor = open(draft, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure("open", draft) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileSystem.failure("sync", draft) }
    if isCatalogDamaged { try setDamagedAside() }
    guard rename(draft, folder.catalog) == 0 else { throw FileSystem.failure("rename", draft) }
    try FileSystem.syncFolder(of: folder.catalog)
  }

  /// Renames the damaged catalog, and its log, which SQLite would apply to the new catalog.
  private func setDamagedAside() throws {
    FileSystem.removeIfPresent(damagedCatalog + "-wal")
    for suffix in ["-wal", ""] where FileSystem.exists(folder.catalog + suffix) {
      guard rename(folder.catalog + suffix, damagedCatalog + suffix) == 0 else {
        throw FileSystem.failure("rename", folder.catalog + suffix)
      }
    }
    FileSystem.removeIfPresent(folder.catalog + "-shm")
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
