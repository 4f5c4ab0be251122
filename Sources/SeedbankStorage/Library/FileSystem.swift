internal import CFileSystem
package import FilePaths
import Platform

/// The few file operations that the library needs, with errors that name the path.
package enum FileSystem {
  static func exists(_ path: FilePath) -> Bool { access(path, F_OK) == 0 }

  /// Whether something is at the path.
  ///
  /// Unlike `exists`, it does not take a folder that may not be searched, or a disk that does not
  /// answer, for absence.
  ///
  /// - Throws: `LibraryError` if that cannot be known.
  static func isPresent(_ path: FilePath) throws -> Bool {
    if access(path, F_OK) == 0 { return true }
    guard errno == ENOENT || errno == ENOTDIR else { throw failure("open", path) }
    return false
  }

  static func isWritable(_ path: FilePath) -> Bool { access(path, W_OK) == 0 }

  /// Returns the size in bytes; nil if no regular file exists.
  static func size(_ path: FilePath) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.isRegularFile else { return nil }
    return Int64(status.st_size)
  }

  /// Creates the folder and its parents.
  ///
  /// A folder that already exists is not an error.
  static func makeFolder(_ path: FilePath) throws {
    if mkdir(path, 0o755) == 0 || (errno == EEXIST && path.isFolder) { return }
    if errno == ENOENT, path.folder != path {
      try makeFolder(path.folder)
      if mkdir(path, 0o755) == 0 || (errno == EEXIST && path.isFolder) { return }
    }
    throw LibraryError.cannotCreate(path: path, errno: errno)
  }

  /// Gives a complete file its name unless the name exists; removes the draft in both cases.
  static func publish(_ draft: FilePath, as path: FilePath) throws {
    defer { unlink(draft) }
    // A rename is used only if the file system does not support hard links.
    guard link(draft, path) == 0 || errno == EEXIST || rename(draft, path) == 0 else {
      throw LibraryError.cannotCreate(path: path, errno: errno)
    }
    try syncFolder(of: path)
  }

  static func removeIfPresent(_ path: FilePath) { unlink(path) }

  /// Makes the names in the folder of `path` survive a power cut.
  package static func syncFolder(of path: FilePath) throws {
    do {
      try sync(path.folder)
    } catch LibraryError.inputOutput(_, _, EINVAL) {
      // Some file servers cannot sync folders; they keep names in order themselves.
    }
  }

  /// Writes a file's bytes, or a folder's names, to the disk.
  package static func sync(_ path: FilePath) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("sync", path) }
  }

  /// Writes all data of the file system of `path` to the disk.
  static func syncFileSystem(of path: FilePath) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    guard syncfs(descriptor) == 0 else { throw failure("sync", path) }
  }

  /// The error of the system call that just failed.
  package static func failure(_ operation: String, _ path: FilePath) -> LibraryError {
    let code = errno
    switch code {
    case ENOSPC, EDQUOT: return .full(path: path)
    case EROFS: return .readOnly(path: path)
    default: return .inputOutput(operation: operation, path: path, errno: code)
    }
  }
}
