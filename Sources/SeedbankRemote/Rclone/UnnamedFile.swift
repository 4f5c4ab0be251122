import FilePaths
import Platform

/// A file without a name, for the output of a program.
///
/// No check reports it, and it is removed with this value, also if the process is killed.
///
/// Only one task at a time may use it.
final class UnnamedFile: Sendable {
  let descriptor: Int32
  private let folder: FilePath

  /// - Throws: `RemoteError.file`.
  init(in folder: FilePath) throws {
    self.folder = folder
    var template = folder.appending("output-XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw RemoteError.file(operation: "create", path: folder, errno: errno)
    }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// In bytes.
  var size: Int64 { Int64(lseek(descriptor, 0, SEEK_END)) }

  /// Removes its content.
  func empty() throws {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw RemoteError.file(operation: "write", path: folder, errno: errno)
    }
  }

  /// Reads it part by part.
  func forEachPart(size: Int = 256 << 10, _ take: ([UInt8]) throws -> Void) throws {
    lseek(descriptor, 0, SEEK_SET)
    while true {
      let part = try FileParts.next(descriptor, folder, upTo: size)
      if part.isEmpty { return }
      try take(part)
    }
  }

  /// All bytes.
  func content() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachPart(size: 1 << 20) { bytes += $0 }
    return bytes
  }
}
