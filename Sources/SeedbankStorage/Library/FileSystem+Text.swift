import FilePaths
import Platform

extension FileSystem {
  /// Returns the first `limit` bytes of a small file; nil if it cannot be read or is not text.
  static func text(_ path: FilePath, limit: Int) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(descriptor, &bytes, limit)
    return count > 0 ? String(validating: bytes[..<count], as: UTF8.self) : nil
  }

  /// Makes or replaces a small file; returns whether that went well.
  @discardableResult
  static func write(_ text: String, to path: FilePath) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var text = text
    return text.withUTF8 {
      (try? write(UnsafeRawBufferPointer($0), to: descriptor, path: path)) != nil
    }
  }
}
