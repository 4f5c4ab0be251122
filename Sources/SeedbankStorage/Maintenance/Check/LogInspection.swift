import FilePaths
import Platform

/// Reads a write-ahead log as SQLite does when it recovers, and finds where it ends too early.
///
/// The format is section 4 of https://www.sqlite.org/fileformat2.html. SQLite skips a broken frame
/// without a message. With `synchronous=FULL`, a broken frame before the end was committed work.
enum LogInspection {
  private static let headerSize = 32
  private static let frameHeaderSize = 24

  /// The same as `tear(ofLogAt:)`, except for a frame that another process is still writing: a
  /// broken log does not change.
  static func settledTear(ofLogAt path: FilePath) throws -> Int? {
    while true {
      let before = FileIdentity(path: path)
      guard let tear = try tear(ofLogAt: path) else { return nil }
      usleep(20_000)
      if FileIdentity(path: path) == before { return tear }
    }
  }

  /// Returns the number of good frames before the break; nil if the log is complete or empty.
  static func tear(ofLogAt path: FilePath) throws -> Int? {
    guard let size = FileSystem.size(path), size > 0 else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure("open", path) }
    defer { close(descriptor) }
    guard let header = bytes(descriptor, headerSize) else { return 0 }
    let magic = word(header, 0)
    guard magic & 0xFFFF_FFFE == 0x377F_0682 else { return 0 }
    let isBigEndian = magic & 1 == 1
    var sum = Checksum(isBigEndian: isBigEndian)
    sum.add(header[..<24])
    guard sum.first == word(header, 24), sum.second == word(header, 28) else { return 0 }
    let pageSize = Int(word(header, 8))
    guard (512...65_536).contains(pageSize) else { return 0 }
    return frames(descriptor, pageSize, salt: Array(header[16..<24]), &sum)
  }

  /// Frames of an earlier round of the log have another salt: that is the usual end.
  private static func frames(
    _ descriptor: Int32, _ pageSize: Int, salt: [UInt8], _ sum: inout Checksum
  ) -> Int? {
    var good = 0
    while let header = bytes(descriptor, frameHeaderSize) {
      guard Array(header[8..<16]) == salt else { return nil }
      guard let page = bytes(descriptor, pageSize) else { return good }
      sum.add(header[..<8])
      sum.add(page[...])
      guard sum.first == word(header, 16), sum.second == word(header, 20) else { return good }
      good += 1
    }
    return nil
  }

  private static func bytes(_ descriptor: Int32, _ count: Int) -> [UInt8]? {
    guard let bytes = readBytes(of: descriptor, count: count), bytes.count == count else {
      return nil
    }
    return bytes
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private struct Checksum {
    let isBigEndian: Bool
    var first: UInt32 = 0
    var second: UInt32 = 0

    mutating func add(_ bytes: ArraySlice<UInt8>) {
      bytes.withUnsafeBytes { bytes in
        for offset in stride(from: 0, to: bytes.count, by: 8) {
          first = first &+ word(bytes, offset) &+ second
          second = second &+ word(bytes, offset + 4) &+ first
        }
      }
    }

    private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }
  }
}
