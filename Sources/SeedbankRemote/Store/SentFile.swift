import FilePaths
import Platform
import SeedbankModel
import SeedbankProviders
import Synchronization

/// A file of an upload does not have the content that it should have, or cannot be read.
struct DamagedFile: Error, Equatable {
  let path: FilePath
}

/// A file that is hashed while it is sent, so that it is read once, and that the sent bytes are those that were hashed.
///
/// The last bytes are only passed on if the digest is right. So no store has a complete object with other bytes.
final class SentFile: Sendable {
  private struct State {
    var digest = RunningDigest()
    var next: Int64 = 0
    var isDamaged = false
  }

  private let file: OpenFile
  private let content: FileContent
  private let state = Mutex(State())

  /// - Throws: `DamagedFile` if the file cannot be opened.
  init(_ path: FilePath, _ content: FileContent) throws {
    guard let file = try? OpenFile(path) else { throw DamagedFile(path: path) }
    self.file = file
    self.content = content
  }

  /// A reading of the file found that it is damaged.
  var damage: DamagedFile? {
    state.withLock { $0.isDamaged } ? DamagedFile(path: file.path) : nil
  }

  /// The bytes as the body of a request, which can be read again from the beginning.
  var body: WebClient.Body {
    .source(
      ReferenceBytes(mediaType: "application/octet-stream", count: content.size) {
        try self.read(at: $0, into: $1)
      })
  }

  /// Passes on the bytes piece by piece.
  ///
  /// - Throws: `DamagedFile`, or what `take` throws.
  func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { buffer.deallocate() }
    var done: Int64 = 0
    repeat {
      let length = Int(min(Int64(buffer.count), content.size - done))
      let read = try read(
        at: done, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<length]))
      try take(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
      done += Int64(read)
    } while done < content.size
  }

  /// Reads bytes from an offset into the buffer, which follow those of the last call or are the first.
  ///
  /// - Throws: `DamagedFile`.
  private func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try state.withLock { state in
      if offset == 0 { (state.digest, state.next) = (RunningDigest(), 0) }
      let count = (try? file.read(at: offset, into: buffer)) ?? 0
      state.digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      let isEnd = offset + Int64(count) >= content.size
      guard offset == state.next, count > 0 || isEnd,
        !isEnd || state.digest.value == content.digest
      else {
        state.isDamaged = true
        throw DamagedFile(path: file.path)
      }
      state.next = offset + Int64(count)
      return count
    }
  }
}
