import FilePaths
import Platform

/// Reads a file part by part.
enum FileParts {
  static func forEach(
    of path: FilePath, size: Int = 256 << 10, _ take: ([UInt8]) throws -> Void
  ) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    while true {
      let part = try next(descriptor, path, upTo: size)
      if part.isEmpty { return }
      try take(part)
    }
  }

  /// Returns the next bytes of an open file: `size` of them, or fewer at the end of the file.
  static func next(_ descriptor: Int32, _ path: FilePath, upTo size: Int) throws -> [UInt8] {
    guard let part = readBytes(of: descriptor, count: size) else {
      throw RemoteError.file(operation: "read", path: path, errno: errno)
    }
    return part
  }

  private static func failure(_ operation: String, _ path: FilePath) -> RemoteError {
    .file(operation: operation, path: path, errno: errno)
  }
}
