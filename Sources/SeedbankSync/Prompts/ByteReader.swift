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
    let (descriptor, offset) = (descriptor, offset)
    var failure: Int32?
    buffer = [UInt8](unsafeUninitializedCapacity: Self.size) { bytes, count in
      var got = pread(descriptor, bytes.baseAddress, bytes.count, offset)
      while got < 0, errno == EINTR {
        got = pread(descriptor, bytes.baseAddress, bytes.count, offset)
      }
      if got < 0 { failure = errno }
      count = max(0, got)
    }
    if let failure { throw PromptFileError(line: nil, .unreadable(errno: failure)) }
    index = 0
    self.offset += off_t(buffer.count)
  }
}
