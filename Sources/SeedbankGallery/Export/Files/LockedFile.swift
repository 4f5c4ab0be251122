import FilePaths
import Platform

/// An open file with an exclusive lock (`flock(2)`).
///
/// It is unlocked and closed when it is released.
///
/// Closing alone is not enough: the lock belongs to the open file description, and a process that is
/// just being started still has a copy of the descriptor until its program is loaded. A second export
/// in that moment would find the folder in use.
struct LockedFile: ~Copyable, Sendable {
  let descriptor: Int32

  /// Takes over an open descriptor; closes it and returns nil if another process holds the lock.
  init?(_ descriptor: Int32) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  /// Opens a file and locks it; nil if another process holds the lock.
  ///
  /// Another process can replace the file after it was opened and before it is locked. The lock would be on a file
  /// without a name and protect nothing, so the new file is opened.
  ///
  /// - Parameter opening: opens the file at `path`, and returns the descriptor.
  static func locked(
    at path: FilePath, opening: () throws(ExportError) -> Int32
  ) throws(ExportError) -> LockedFile? {
    // A file system on which a file never seems to be the one at its path must not stop every export.
    for _ in 0..<Self.attempts {
      guard let file = LockedFile(try opening()) else { return nil }
      if file.isNamed(path) { return file }
    }
    return LockedFile(try opening())
  }

  private static let attempts = 20

  /// Whether the file at `path` is this one.
  func isNamed(_ path: FilePath) -> Bool {
    var own = stat()
    var named = stat()
    return fstat(descriptor, &own) == 0 && lstat(path, &named) == 0
      && own.st_dev == named.st_dev && own.st_ino == named.st_ino
  }

  deinit {
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
