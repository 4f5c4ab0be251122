import FilePaths
import Platform

/// Writes files with a name that the user gave.
enum FileWriting {
  /// Writes a new file.
  ///
  /// An existing file is never overwritten.
  /// - Throws: `Failure` of status 73 or 74.
  static func create(_ path: FilePath, _ bytes: [UInt8]) throws {
    try refuseExisting(path)
    try write(bytes, to: path, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
  }

  /// Makes the check of `create` before any work.
  /// - Throws: `Failure` of status 73.
  static func refuseExisting(_ path: FilePath) throws {
    guard !FileKind.isThere(path) else {
      throw Failure(
        .cannotCreate, "\(path) already exists and was not changed", hint: "use another name")
    }
    guard access(path.folder, W_OK | X_OK) == 0 else { throw failure(path, errno) }
  }

  /// Replaces a file atomically.
  /// - Throws: `Failure` of status 73 or 74.
  static func replace(_ path: FilePath, with bytes: [UInt8], mode: mode_t = 0o644) throws {
    let draft = path + ".new-\(getpid())"
    try write(bytes, to: draft, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: mode)
    guard rename(draft, path) == 0 else {
      let code = errno
      unlink(draft)
      throw failure(path, code)
    }
  }

  private static func write(_ bytes: [UInt8], to path: FilePath, flags: Int32, mode: mode_t = 0o644)
    throws
  {
    let descriptor = open(path, flags, mode)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    guard writeAll(bytes, to: descriptor) else {
      let code = errno
      // An incomplete file is removed.
      unlink(path)
      throw failure(path, code)
    }
  }

  private static func failure(_ path: FilePath, _ code: Int32) -> Failure {
    let isFull = code == ENOSPC || code == EDQUOT
    return Failure(
      isFull || code == EIO ? .inputOutput : .cannotCreate,
      "cannot write \(path): \(systemErrorText(code))",
      hint: isFull ? "free some disk space, then run the command again" : nil)
  }
}
