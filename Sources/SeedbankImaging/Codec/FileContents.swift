package import FilePaths
import Platform

/// Reads a file into one buffer, limited by the decode limits.
///
/// It is not memory-mapped: if another process truncated a mapped file, this process would end with
/// SIGBUS. The decoded pixels need much more memory than the compressed bytes anyway.
package enum FileContents {
  /// Returns the bytes of a regular file.
  ///
  /// - Throws: `ImageError`, also if the file is larger than `limit` bytes.
  package static func read(_ path: FilePath, limit: Int) throws(ImageError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, code: errno) }
    guard status.isRegularFile else {
      throw .unreadable(path: path, code: EINVAL)
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooManyBytes(count: size, limit: limit) }
    guard let bytes = readBytes(of: descriptor, count: size) else {
      throw .unreadable(path: path, code: errno)
    }
    return bytes
  }
}
