import FilePaths
import Platform

/// The right of one process to write into a folder of backups.
///
/// It is a lock on the file `BACKUP`, which all folders of backups have. The kernel removes it when the
/// process ends in any way.
final class BackupLock: Sendable {
  private let file: LockFile

  /// Takes the lock.
  ///
  /// - Parameter mark: the path of the file, which must exist.
  /// - Returns: nil if another backup has it.
  /// - Throws: `LibraryError`.
  init?(on mark: FilePath) throws {
    file = try LockFile(path: mark)
    guard try Self.lock(file) else { return nil }
  }

  /// On a file system without locks, a second backup is not noticed.
  private static func lock(_ file: LockFile) throws -> Bool {
    do {
      return try file.lock(offset: 0)
    } catch LibraryError.inputOutput(_, _, let code) where withoutLocks.contains(code) {
      return true
    }
  }

  private static let withoutLocks: Set<Int32> = [ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL]
}
