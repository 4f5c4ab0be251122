import FilePaths
import Platform

/// The origin of the bytes of an incoming file, which is stored beside it.
///
/// Another process resumes the download only if the bytes are still the same.
extension IncomingFile {
  private static let limit = 4096
  private var notePath: FilePath { path + ".origin" }

  /// The text that `remember(origin:)` stored, or nil.
  package var origin: String? {
    let descriptor = open(notePath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: Self.limit)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(validating: bytes[..<count], as: UTF8.self) : nil
  }

  /// Stores a short text beside the file, which must not be secret, because it is not encrypted.
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

  /// Removes the text, because the origin of the next bytes is not known.
  package func forgetOrigin() { FileSystem.removeIfPresent(notePath) }
}
