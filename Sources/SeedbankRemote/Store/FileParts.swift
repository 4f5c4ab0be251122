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
    var failed: Int32?
    let part = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      filled = 0
      while filled < size {
        let count = read(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled)
        if count < 0, errno == EINTR { continue }
        if count < 0 { failed = errno }
        if count <= 0 { return }
        filled += count
      }
    }
    if let failed { throw RemoteError.file(operation: "read", path: path, errno: failed) }
    return part
  }

  private static func failure(_ operation: String, _ path: FilePath) -> RemoteError {
    .file(operation: operation, path: path, errno: errno)
  }
}
