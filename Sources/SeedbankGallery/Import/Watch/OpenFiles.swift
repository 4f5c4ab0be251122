import FilePaths
import Platform

/// Whether a file is still being written.
enum OpenFiles {
  /// `F_SETLEASE` of fcntl(2), a macro that Swift cannot import.
  private static let setLease: Int32 = 1024

  /// Whether a process has the file open for writing.
  ///
  /// False if the system does not tell.
  ///
  /// The kernel grants a read lease only if no process has the file open for writing.
  static func isBeingWritten(_ path: FilePath) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard fcntl(descriptor, setLease, F_RDLCK) != 0 else {
      _ = fcntl(descriptor, setLease, F_UNLCK)
      return false
    }
    return errno == EAGAIN
  }
}
