import FilePaths
import Platform

/// Reads a write-ahead log as SQLite does when it recovers, and finds where it ends too early.
///
/// The format is section 4 of https://www.sqlite.org/fileformat2.html. SQLite skips everything from a broken
/// frame on without a message. Committed work is lost if one of the skipped frames marks a commit. The
/// frames of a transaction that was stopped mark none, unless it was stopped at the end of its commit. They stay in
/// the log until they are overwritten, also behind the next transaction, whose checksums they do not continue.
enum LogInspection {
  private static let headerSize = 32
  private static let frameHeaderSize = 24

  /// The same as `tear(ofLogAt:)`, except for a frame that another process is still writing: a
  /// broken log does not change.
  static func settledTear(ofLogAt path: FilePath, end: LogEnd?) throws -> Int? {
    while true {
      let before = FileIdentity(path: path)
      guard let tear = try tear(ofLogAt: path, end: end) else { return nil }
      usleep(20_000)
      if FileIdentity(path: path) == before { return tear }
    }
  }

  /// Returns the number of good frames before the break; nil if the log is complete or empty.
  ///
  /// - Parameter end: where the log ends, if it is known. A frame after the end that is not valid is not damage.
  static func tear(ofLogAt path: FilePath, end: LogEnd? = nil) throws -> Int? {
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
    let salt = Array(header[16..<24])
    guard let good = frames(descriptor, pageSize, salt: salt, &sum) else { return nil }
    if let end, end.salt == salt, good >= end.frames { return nil }
    return good
  }

  /// Frames of an earlier round of the log have another salt: that is the usual end.
  private static func frames(
    _ descriptor: Int32, _ pageSize: Int, salt: [UInt8], _ sum: inout Checksum
  ) -> Int? {
    var good = 0
    var isBroken = false
    while let header = bytes(descriptor, frameHeaderSize) {
      guard Array(header[8..<16]) == salt else { return nil }
      let page = bytes(descriptor, pageSize)
      if !isBroken, let page {
        sum.add(header[..<8])
        sum.add(page[...])
        if sum.first == word(header, 16), sum.second == word(header, 20) {
          good += 1
          continue
        }
      }
      let marksCommit = word(header, 4) != 0
      // Behind a broken frame, a frame that is cut off is the last one of a transaction that was stopped.
      if marksCommit, !isBroken || page != nil { return good }
      isBroken = true
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
