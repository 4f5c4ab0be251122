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
    return FileSystem.freeBytes(status)
  }
}
