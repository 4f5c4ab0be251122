import Platform
import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// The largest segment, compressed and not, in bytes.
  private static let (segmentLimit, textLimit) = (256 << 20, 2 << 30)
  /// The longest header in bytes.
  private static let headerLimit = 4 << 10

  /// Reads a segment and hands `body` a file with its lines, without the header.
  ///
  /// - Returns: nil if the segment is damaged, or a line of it cannot be read.
  func withLines<Value: Sendable>(
    of segment: RemoteLayout.SegmentName, _ key: String,
    _ body: @escaping @Sendable (_ file: Int32, _ header: SegmentHeader) throws -> Value
  ) async throws -> Value? {
    let bytes = try await bytes(ofSegment: key)
    return try await BlockingWork.run { [library] in
      let lines = try SegmentLines(library.temporaryFile())
      guard let header = try lines.append(segment, bytes) else { return nil }
      return try lines.read { try body($0, header) }
    }
  }

  /// The bytes of an object in the folder of segments; nil if it does not exist or is too large.
  func bytes(ofSegment key: String, limit: Int = segmentLimit) async throws -> [UInt8]? {
    do {
      return try await store.read(key, limit: limit)
    } catch RemoteError.tooLarge {
      return nil
    }
  }

  /// A file with the lines of segments, without their headers.
  ///
  /// Only one task at a time may use it.
  final class SegmentLines: Sendable {
    private let file: Int32

    /// - Parameter file: an empty file, which is closed with this value.
    init(_ file: Int32) { self.file = file }

    deinit { Platform.close(file) }

    /// In bytes.
    var size: Int { Int(lseek(file, 0, SEEK_END)) }

    /// Adds the lines of a segment and returns its header; adds nothing if it is damaged.
    ///
    /// - Parameter bytes: of the object; nil if it could not be read.
    func append(
      _ segment: RemoteLayout.SegmentName, _ bytes: [UInt8]?
    ) throws -> SegmentHeader? {
      guard let bytes, Digest(of: bytes) == segment.digest else { return nil }
      let start = lseek(file, 0, SEEK_END)
      do {
        if let header = try unpack(bytes, of: segment) { return header }
      } catch is TooLong {
        // Without the end of its first line, the segment is damaged.
      }
      guard ftruncate(file, start) == 0 else { throw FileSystem.failure("write", "incoming") }
      return nil
    }

    /// Runs `body` with the file at its start; returns nil if a line cannot be read.
    func read<Value>(_ body: (_ file: Int32) throws -> Value) throws -> Value? {
      guard lseek(file, 0, SEEK_SET) == 0 else { throw FileSystem.failure("read", "incoming") }
      do {
        return try body(file)
      } catch is RestoreError {
        return nil
      } catch is RecordError {
        return nil
      }
    }

    /// Writes the lines behind the header to the file, and checks the header.
    private func unpack(
      _ bytes: [UInt8], of segment: RemoteLayout.SegmentName
    ) throws -> SegmentHeader? {
      var header: [UInt8] = []
      var isHeaderRead = false
      let isWhole = try Gzip.decompress(bytes, limit: textLimit) { part in
        var rest = part[...]
        if !isHeaderRead {
          let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
          guard header.count + end - rest.startIndex <= headerLimit else { throw TooLong() }
          header += rest[..<end]
          guard end < rest.endIndex else { return }
          isHeaderRead = true
          rest = rest[(end + 1)...]
        }
        try write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest)))
      }
      guard isWhole, isHeaderRead else { return nil }
      // The last line of a segment may have no end, and empty lines are skipped.
      try [0x0A as UInt8].withUnsafeBytes { try write($0) }
      guard let header = SegmentHeader(String(decoding: header, as: UTF8.self)),
        header.library == segment.library, header.counter == segment.counter
      else { return nil }
      return header
    }

    private struct TooLong: Error {}

    private func write(_ bytes: UnsafeRawBufferPointer) throws {
      try FileSystem.write(bytes, to: file, path: "incoming")
    }
  }
}
