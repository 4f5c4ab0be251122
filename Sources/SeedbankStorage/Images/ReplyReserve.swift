import FilePaths
import Platform

/// Disk space that is allocated before a request is sent, so that its reply can be stored if the
/// disk is full then.
///
/// The file has no name until it is needed, so its space is free again when the process ends in any
/// way.
package final class ReplyReserve: Sendable {
  private let folder: FilePath
  /// The file of a reply that is kept.
  private let path: FilePath
  /// Negative if the file system does not support files without a name; then no space is reserved.
  private let descriptor: Int32

  /// `O_TMPFILE` of open(2): the header shows it to GNU's own programs alone.
  private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY

  /// Allocates `bytes`, and so makes sure that files can be created in `folder`.
  ///
  /// - Throws: `LibraryError`; `.full` if there is not enough space.
  init(_ bytes: Int64, in folder: FilePath, path: FilePath) throws {
    self.folder = folder
    self.path = path
    descriptor = open(folder, Self.unnamed | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor < 0 {
      guard [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) else {
        throw FileSystem.failure("create a file in", folder)
      }
      try Self.probe(folder + "/.probe-\(getpid())")
    }
    guard descriptor >= 0, bytes > 0 else { return }
    // A file system that can't reserve room is only without this safety.
    let code = posix_fallocate(descriptor, 0, off_t(bytes))
    if code == ENOSPC || code == EDQUOT { throw LibraryError.full(path: folder) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func probe(_ path: FilePath) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileSystem.failure("create", path) }
    close(descriptor)
    FileSystem.removeIfPresent(path)
  }

  /// Stores a reply under its name and writes it to the disk.
  ///
  /// It replaces an earlier part of the reply in one step.
  ///
  /// - Throws: `LibraryError`.
  package func keep(_ reply: KeptReply) throws {
    let bytes = reply.bytes
    guard descriptor >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw FileSystem.failure("write", path)
    }
    try bytes.withUnsafeBytes { try FileSystem.write($0, to: descriptor, path: path) }
    guard ftruncate(descriptor, off_t(bytes.count)) == 0, fsync(descriptor) == 0 else {
      throw FileSystem.failure("sync", path)
    }
    let draft = path + ".part"
    FileSystem.removeIfPresent(draft)
    let source = FilePath("/proc/self/fd/\(descriptor)")
    guard linkFollowing(source, draft) == 0, rename(draft, path) == 0 else {
      throw FileSystem.failure("name", path)
    }
    try FileSystem.sync(folder)
  }
}
