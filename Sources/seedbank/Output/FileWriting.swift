import FilePaths
import Platform

/// Writes files with a name that the user gave.
enum FileWriting {
  /// Writes a new file.
  ///
  /// An existing file is never overwritten.
  /// - Throws: `Failure` of status 73 or 74.
  static func create(_ path: FilePath, _ bytes: [UInt8], mode: mode_t = 0o644) throws {
    try refuseExisting(path)
    try write(bytes, to: path, named: path, mode: mode)
  }

  /// Creates a folder and its parents.
  ///
  /// An existing folder is not changed.
  /// - Throws: `Failure` of status 73.
  static func makeFolder(_ path: FilePath, mode: mode_t = 0o755) throws {
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    if errno == ENOENT, path.folder != path {
      try makeFolder(path.folder, mode: mode)
      if mkdir(path, mode) == 0 || errno == EEXIST { return }
    }
    let code = errno
    throw Failure(
      .cannotCreate, "\(path) cannot be created: \(systemErrorText(code))",
      hint: permissionHint(path, code))
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

  /// The permissions of a file that is replaced.
  enum Permissions {
    /// Those of the existing file; a new file has these.
    case kept(new: mode_t)
    /// Always these.
    case fixed(mode_t)
  }

  /// Replaces a file atomically.
  ///
  /// A symbolic link stays, and the file that it names is replaced.
  /// - Throws: `Failure` of status 73 or 74.
  static func replace(
    _ path: FilePath, with bytes: [UInt8], permissions: Permissions = .kept(new: 0o644)
  ) throws {
    let target = try target(of: path)
    let draft = target + ".new-\(getpid())"
    var status = stat()
    let isPresent = stat(target, &status) == 0
    switch permissions {
    case .kept where isPresent:
      try write(bytes, to: draft, named: path, mode: 0o600, finalMode: status.st_mode & 0o777)
    case .kept(let mode), .fixed(let mode):
      try write(bytes, to: draft, named: path, mode: mode)
    }
    guard rename(draft, target) == 0 else {
      let code = errno
      unlink(draft)
      throw failure(path, code)
    }
  }

  /// The file that a path names, also through symbolic links.
  private static func target(of path: FilePath) throws -> FilePath {
    var status = stat()
    guard lstat(path, &status) == 0, status.isSymbolicLink else { return path }
    guard let target = realpath(path) else {
      throw Failure(
        .cannotCreate, "\(path) is a symbolic link to a file that does not exist",
        hint: "create that file, or remove the link")
    }
    return target
  }

  /// - Parameters:
  ///   - name: The file that the user gave, for the error; `path` can be a draft of it.
  ///   - mode: The permissions of the new file, from which the system removes those of the umask.
  ///   - finalMode: The permissions after the file is written; nil for no change.
  private static func write(
    _ bytes: [UInt8], to path: FilePath, named name: FilePath, mode: mode_t,
    finalMode: mode_t? = nil
  ) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure(name, errno) }
    defer { close(descriptor) }
    guard writeAll(bytes, to: descriptor), finalMode.map({ fchmod(descriptor, $0) == 0 }) ?? true
    else {
      let code = errno
      // An incomplete file is removed.
      unlink(path)
      throw failure(name, code)
    }
  }

  private static func failure(_ path: FilePath, _ code: Int32) -> Failure {
    let isFull = code == ENOSPC || code == EDQUOT
    return Failure(
      isFull || code == EIO ? .inputOutput : .cannotCreate,
      "cannot write \(path): \(systemErrorText(code))",
      hint: isFull
        ? "free some disk space, then run the command again" : permissionHint(path, code))
  }

  private static func permissionHint(_ path: FilePath, _ code: Int32) -> String? {
    guard code == EACCES || code == EROFS else { return nil }
    return "check the permissions: `ls -ld \(ShellWord.quoted(path.folder))`"
  }
}
