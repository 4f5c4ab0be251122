import Glibc
import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// The largest segment, compressed and not, in bytes.
  private static let (segmentLimit, textLimit) = (256 << 20, 2 << 30)

  /// Reads a segment and hands `body` a file with its lines, without the header.
  ///
  /// - Returns: nil if the segment is damaged, or a line of it cannot be read.
  func withLines<Value: Sendable>(
    of segment: RemoteLayout.SegmentName, _ key: String,
    _ body: @escaping @Sendable (_ file: Int32) throws -> Value
  ) async throws -> Value? {
    let bytes: [UInt8]
    do {
      guard let read = try await store.read(key, limit: Self.segmentLimit) else { return nil }
      bytes = read
    } catch RemoteError.tooLarge {
      return nil
    }
    return try await BlockingWork.run { [library] in
      guard Digest(of: bytes) == segment.digest else { return nil }
      let file = try library.temporaryFile()
      defer { Glibc.close(file) }
      guard try Self.unpack(bytes, of: segment, to: file) else { return nil }
      do {
        return try body(file)
      } catch is RestoreError {
        return nil
      } catch is RecordError {
        return nil
      }
    }
  }

  /// Writes the lines behind the header to a file, and checks the header.
  private static func unpack(
    _ bytes: [UInt8], of segment: RemoteLayout.SegmentName, to file: Int32
  ) throws -> Bool {
    var header: [UInt8] = []
    var isHeaderRead = false
    let isWhole = try Gzip.decompress(bytes, limit: textLimit) { part in
      var rest = part[...]
      if !isHeaderRead {
        let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
        header += rest[..<end]
        guard end < rest.endIndex else { return }
        isHeaderRead = true
        rest = rest[(end + 1)...]
      }
      try FileSystem.write(
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest)), to: file, path: "incoming")
    }
    guard isWhole, isHeaderRead, lseek(file, 0, SEEK_SET) == 0 else { return false }
    return SegmentHeader(String(decoding: header, as: UTF8.self))
      == SegmentHeader(library: segment.library, counter: segment.counter)
  }
}
