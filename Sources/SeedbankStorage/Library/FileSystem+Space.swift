import FilePaths
import Platform

extension FileSystem {
  /// Whether the file system of a folder has no space for a small file, or no inode for a new one.
  ///
  /// Returns false if that is not known.
  static func isFull(_ folder: FilePath) -> Bool {
    var status = statvfs()
    // Some file systems count nothing, and one that is read-only has no free space but is not the reason.
    guard statvfs(folder, &status) == 0, status.f_blocks > 0,
      status.f_flag & UInt(ST_RDONLY) == 0
    else { return false }
    return freeBytes(status) < smallFile
  }

  /// Returns the bytes that can still be written; 0 without an inode for a new file.
  static func freeBytes(_ status: statvfs) -> Int64 {
    // Some file systems count no inodes, and then have none free either.
    if status.f_files > 0, status.f_favail == 0 { return 0 }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? .max : Int64(clamping: bytes)
  }

  /// SQLite's shared memory needs half of this.
  private static let smallFile: Int64 = 65_536
}
