import FilePaths
import Platform

/// Reads an open file from its beginning, one buffer at a time.
///
/// It does not change the file's position, so that a file can be read twice.
struct ByteReader {
  private let descriptor: Int32
  private var offset: off_t = 0
  private var buffer: [UInt8] = []
  private var index = 0
  private static let size = 1 << 16

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next byte without taking it.
  mutating func peek() throws(PromptFileError) -> UInt8? {
    if index == buffer.count { try fill() }
    return index < buffer.count ? buffer[index] : nil
  }

  mutating func next() throws(PromptFileError) -> UInt8? {
    if index == buffer.count { try fill() }
    guard index < buffer.count else { return nil }
    defer { index += 1 }
    return buffer[index]
  }

  private mutating func fill() throws(PromptFileError) {
    guard let bytes = readBytes(of: descriptor, count: Self.size, at: Int64(offset)) else {
      throw PromptFileError(line: nil, .unreadable(errno: errno))
    }
    buffer = bytes
    index = 0
    self.offset += off_t(buffer.count)
  }
}
