package import FilePaths
import Platform

/// The identity and the state of a file; if two of them are equal, the bytes were the same.
package struct FileIdentity: Hashable, Sendable {
  /// The number of the device.
  package let device: UInt64
  /// The number of the file on its device.
  package let inode: UInt64
  /// Size in bytes.
  package let size: Int64
  /// When it was last written, in nanoseconds since 1970, as far as they can express it.
  package let modified: Int64

  /// The identity of an open file; nil, with `errno` set, if it cannot be read.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The identity of the file at `path`, with links followed; nil, with `errno` set, if it cannot
  /// be read.
  package init?(path: FilePath) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = status.st_mtim.nanoseconds
  }
}
