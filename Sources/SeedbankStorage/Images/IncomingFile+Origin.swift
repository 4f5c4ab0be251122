import FilePaths
import Glibc

/// Where the bytes of an incoming file come from, kept beside it, so that another process goes on
/// with them only where they are the same bytes still.
extension IncomingFile {
  private static let limit = 4096
  private var notePath: FilePath { path + ".origin" }

  /// What `remember(origin:)` was told, or nil.
  package var origin: String? {
    let descriptor = open(notePath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: Self.limit)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(validating: bytes[..<count], as: UTF8.self) : nil
  }

  /// Keeps a short text beside the file; nothing secret, since it is written as it is.
  ///
  /// - Throws: `LibraryError`.
  package func remember(origin: String) throws {
    let descriptor = open(notePath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileSystem.failure("create", notePath) }
    defer { close(descriptor) }
    var text = origin
    try text.withUTF8 { bytes in
      try FileSystem.write(
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes).prefix(Self.limit)),
        to: descriptor, path: notePath)
    }
  }

  /// Forgets it: what the file holds from now on is of no known origin.
  package func forgetOrigin() { FileSystem.removeIfPresent(notePath) }
}
