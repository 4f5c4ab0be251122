import FilePaths
import Platform
import SeedbankProviders

/// An open file, which is closed with the last reference.
final class OpenFile: Sendable {
  let path: FilePath
  private let descriptor: Int32

  /// - Throws: `RemoteError.file`.
  init(_ path: FilePath) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw RemoteError.file(operation: "open", path: path, errno: errno)
    }
  }

  deinit { close(descriptor) }

  /// Reads from an offset and returns the number of bytes; 0 at the end.
  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let count = readOnce(descriptor, at: offset, into: buffer) else {
      throw RemoteError.file(operation: "read", path: path, errno: errno)
    }
    return count
  }
}

/// A part of a file that is read while it is sent, so that it is never in memory as a whole.
struct FileRange: Sendable {
  let file: OpenFile
  let offset: Int64
  let count: Int64

  /// The bytes as the body of a request.
  var body: WebClient.Body {
    .source(
      ReferenceBytes(mediaType: "application/octet-stream", count: count) { [file, offset] in
        try file.read(at: offset + $0, into: $1)
      })
  }

  /// Passes on the bytes piece by piece.
  func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { buffer.deallocate() }
    var done: Int64 = 0
    while done < count {
      let length = Int(min(Int64(buffer.count), count - done))
      let read = try file.read(
        at: offset + done, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<length]))
      guard read > 0 else { throw RemoteError.file(operation: "read", path: file.path, errno: EIO) }
      try take(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
      done += Int64(read)
    }
  }
}
