package import FilePaths
import Platform
import Synchronization

/// Writes files of derived data.
///
/// They are not synced, because they can be created again.
package enum DerivedFile {
  private static let counter = Atomic(0)

  /// Creates or replaces a file atomically.
  ///
  /// Returns false if it cannot be written.
  @discardableResult
  package static func replace(_ path: FilePath, with bytes: [UInt8]) -> Bool {
    let number = counter.add(1, ordering: .relaxed).newValue
    let draft = path + ".new-\(getpid())-\(number)"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    let isWritten = writeAll(bytes, to: descriptor)
    close(descriptor)
    guard isWritten, rename(draft, path) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }
}
