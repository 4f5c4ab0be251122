import FilePaths
import Glibc
import Imaging

/// Files that are read whole.
enum FileBytes {
  /// The file's bytes, or nil where there is no such file.
  /// - Throws: `Failure` of status 78 where it can't be read or is larger than `limit` bytes.
  static func read(_ path: FilePath, limit: Int) throws -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw unreadable(path)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw Failure(.notConfigured, "\(path) is too large to be a file of settings")
      }
    }
  }

  /// A picture's bytes, within the limits of what is decoded.
  /// - Throws: `ImageError`.
  static func picture(_ path: FilePath) throws -> [UInt8] {
    let limit = DecodeLimits.standard.bytes
    guard let bytes = try? read(path, limit: limit) else {
      throw ImageError.unreadable(path: path, code: errno)
    }
    return bytes
  }

  private static func unreadable(_ path: FilePath) -> Failure {
    Failure(
      .notConfigured, "\(path) can't be read: \(String(cString: strerror(errno)))",
      hint: "see who may read it")
  }
}
