package import FilePaths
import Glibc

/// Which file it is and how it stands: two looks that give the same saw the same bytes.
package struct FileIdentity: Hashable, Sendable {
  /// The number of the device.
  package let device: UInt64
  /// The number of the file on its device.
  package let inode: UInt64
  /// Size in bytes.
  package let size: Int64
  /// When it was last written, in nanoseconds since 1970.
  package let modified: Int64

  /// Of an open file; nil, with `errno` set, where it can't be told.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Of the file at `path`, links followed; nil, with `errno` set, where it can't be told.
  package init?(path: FilePath) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }
}
