import FilePaths
import Platform
import SeedbankStorage

/// Copies or links a file of the library.
enum FileCopying {
  /// Copies the bytes of a file inside the kernel, if possible.
  static func copy(_ source: FilePath, to target: FilePath) throws(ExportError) {
    let from = try openForReading(source)
    defer { close(from) }
    let to = try create(target)
    defer { close(to) }
    try copy(from, to, source, target)
  }

  private static func copy(
    _ from: Int32, _ to: Int32, _ source: FilePath, _ target: FilePath
  ) throws(ExportError) {
    while true {
      let count = sendfile(to, from, nil, 1 << 30)
      if count == 0 { return }
      if count > 0 || errno == EINTR { continue }
      switch errno {
      case EINVAL, ENOSYS: return try pump(from, to, source, target)
      default: throw .failure("write", target, code: errno)
      }
    }
  }

  private static func pump(
    _ from: Int32, _ to: Int32, _ source: FilePath, _ target: FilePath
  ) throws(ExportError) {
    let isRead = try readPieces(of: from) { piece throws(ExportError) in
      try FileDescriptorWriting.write(piece, to: to, path: target)
    }
    guard isRead else { throw .failure("read", source, code: errno) }
  }

  /// Writes bytes into a new file.
  static func write(_ bytes: [UInt8], to target: FilePath) throws(ExportError) {
    let to = try create(target)
    defer { close(to) }
    try FileDescriptorWriting.write(bytes, to: to, path: target)
  }

  /// A file's bytes.
  static func read(_ source: FilePath) throws(ExportError) -> [UInt8] {
    let from = try openForReading(source)
    defer { close(from) }
    var status = stat()
    guard fstat(from, &status) == 0 else { throw .failure("read", source, code: errno) }
    guard let bytes = readBytes(of: from, count: Int(status.st_size)) else {
      throw .failure("read", source, code: errno)
    }
    return bytes
  }

  /// Creates a link of the given kind.
  ///
  /// - Throws: `.linkRefused` with the reason.
  static func link(_ source: FilePath, to target: FilePath, _ mode: LinkMode) throws(ExportError) {
    switch mode {
    case .copy: try copy(source, to: target)
    case .hard:
      // A library may contain only a symbolic link. The hard link is to the file itself.
      if linkFollowing(source, target) != 0 {
        throw refusal(mode, source, target, code: errno)
      }
    case .symlink:
      if symlink(source, target) != 0 { throw refusal(mode, source, target, code: errno) }
    case .reflink: try clone(source, to: target)
    }
  }

  /// `FICLONE` of linux/fs.h, a macro that Swift cannot import.
  private static let ficlone: UInt = 0x4004_9409

  private static func clone(_ source: FilePath, to target: FilePath) throws(ExportError) {
    let from = try openForReading(source)
    defer { close(from) }
    let to = try create(target)
    defer { close(to) }
    guard ioctl(to, ficlone, from) == 0 else {
      let code = errno
      unlink(target)
      throw refusal(.reflink, source, target, code: code)
    }
  }

  private static func refusal(
    _ mode: LinkMode, _ source: FilePath, _ target: FilePath, code: Int32
  ) -> ExportError {
    switch code {
    case EXDEV: .linkRefused(mode, path: target, reason: .otherFileSystem)
    case EMLINK: .linkRefused(mode, path: target, reason: .tooMany)
    case EPERM where mode == .hard, EACCES:
      .linkRefused(mode, path: target, reason: .notPermitted)
    case EOPNOTSUPP, ENOTTY, ENOSYS, EINVAL, EPERM:
      .linkRefused(mode, path: target, reason: .notSupported)
    case EEXIST: .foreignFile(path: target)
    default: .failure("link", target, code: code)
    }
  }

  private static func openForReading(_ path: FilePath) throws(ExportError) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failure("open", path, code: errno) }
    return descriptor
  }

  static func create(_ path: FilePath) throws(ExportError) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failure("create", path, code: errno) }
    return descriptor
  }
}
