import FilePaths
import Glibc

/// Whether a file is still being written.
enum OpenFiles {
  /// `F_SETLEASE` of fcntl(2): the header has it as a macro for GNU's own programs.
  private static let setLease: Int32 = 1024

  /// Whether a process has the file open for writing. False if the system does not tell.
  ///
  /// The kernel gives a read lease only on a file that nobody writes to.
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
