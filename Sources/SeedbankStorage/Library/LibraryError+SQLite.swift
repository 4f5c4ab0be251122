import FilePaths
internal import GRDB
import Platform

extension LibraryError {
  /// Converts an error of SQLite; this is the only place.
  init(_ error: DatabaseError, path: FilePath) {
    if error.isIndexDamage {
      self = .indexDamaged(path: path, detail: error.message ?? "\(error.resultCode)")
      return
    }
    if error.meansFullDisk(path) {
      self = .full(path: path)
      return
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: Self.unwritable(path) ?? path)
    case .SQLITE_NOTADB: self = .notALibrary(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path, detail: error.message ?? "")
    case .SQLITE_CANTOPEN: self = Self.unopenable(path)
    case .SQLITE_IOERR:
      self = .inputOutput(operation: "use the catalog", path: path, errno: 5)
    default: self = .catalog(path: path, detail: error.message ?? "\(error.resultCode)")
    }
  }

  /// The catalog, and the files beside it that SQLite needs.
  private static func files(_ path: FilePath) -> [FilePath] {
    [path, path + "-wal", path + "-shm"]
  }

  /// The first of the catalog's files, or else its folder, that exists and cannot be written to.
  static func unwritable(_ path: FilePath) -> FilePath? {
    (files(path) + [path.folder])
      .first { FileSystem.exists($0) && !FileSystem.isWritable($0) }
  }

  /// SQLite does not say which file it could not open, nor why.
  ///
  /// The limit of open files may be the reason, so as many are opened here. It is always the folder: closing
  /// a file of the catalog would remove the locks that other connections of the process have on it.
  private static func unopenable(_ path: FilePath) -> LibraryError {
    do {
      guard try FileSystem.isPresent(path) else { return .missing(path: path) }
    } catch {
      return error as? LibraryError ?? .inputOutput(operation: "open", path: path, errno: EIO)
    }
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for file in files(path) + [path.folder] where FileSystem.exists(file) {
      guard access(file, R_OK) == 0 else { return FileSystem.failure("open", file) }
      let descriptor = open(path.folder, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return FileSystem.failure("open", file) }
      opened.append(descriptor)
    }
    if let path = unwritable(path) { return .readOnly(path: path) }
    // A file beside the catalog cannot be created.
    if FileSystem.isFull(path.folder) { return .full(path: path) }
    return .inputOutput(operation: "open", path: path, errno: EIO)
  }
}

extension DatabaseError {
  /// Whether the system did not let SQLite read or write, which says nothing about what is in the file.
  var isSystemFailure: Bool { [.SQLITE_IOERR, .SQLITE_FULL].contains(resultCode) }

  /// Whether the disk of the catalog is full.
  ///
  /// SQLite says so only if it writes to the catalog or to its log. For its shared memory and for other
  /// operations, it reports an input or output error.
  fileprivate func meansFullDisk(_ catalog: FilePath) -> Bool {
    switch extendedResultCode {
    case .SQLITE_FULL, .SQLITE_IOERR_SHMSIZE: true
    case .SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ: false
    default: resultCode == .SQLITE_IOERR && FileSystem.isFull(catalog.folder)
    }
  }
}
