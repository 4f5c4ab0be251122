import FilePaths
import Platform

/// A regular file that is open for reading.
///
/// It is closed with its last reference.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// The length in bytes when it was opened.
  let size: Int64

  /// Opens a file; nil if it does not exist or is not a regular file.
  init?(_ path: FilePath) {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.isRegularFile else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    size = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads up to `count` bytes; fewer at the end of the file, and none after an error.
  func read(at offset: Int64, count: Int) -> [UInt8] {
    readBytes(of: descriptor, count: count, at: offset) ?? []
  }
}
