import FilePaths
import Platform

extension ImageStore {
  /// Bytes that may still be written on the library's disk by who runs this.
  ///
  /// - Throws: `LibraryError`.
  package func freeDiskSpace() throws -> Int64 {
    var status = statvfs()
    guard statvfs(folder.path, &status) == 0 else {
      throw FileSystem.failure("read the free space of", folder.path)
    }
    // Some file systems count no inodes, and then have none free either.
    if status.f_files > 0, status.f_favail == 0 { return 0 }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? .max : Int64(clamping: bytes)
  }
}
