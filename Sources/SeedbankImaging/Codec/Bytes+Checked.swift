import FoundationEssentials

/// Reads foreign bytes. Every offset is checked, and a read beyond the end returns nil.
extension UnsafeRawBufferPointer {
  func byte(at offset: Int) -> UInt8? {
    offset >= 0 && offset < count ? self[offset] : nil
  }

  /// An unsigned integer of 1 to 4 bytes, the most significant first.
  func bigEndian(at offset: Int, bytes width: Int) -> Int? {
    guard offset >= 0, width <= count, offset <= count - width else { return nil }
    return (0..<width).reduce(0) { $0 << 8 | Int(self[offset + $1]) }
  }

  /// An unsigned integer of 1 to 4 bytes, the least significant first.
  func littleEndian(at offset: Int, bytes width: Int) -> Int? {
    guard offset >= 0, width <= count, offset <= count - width else { return nil }
    return (0..<width).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
  }

  /// The bytes in `range`, or nil if it is not inside.
  func part(_ range: Range<Int>) -> UnsafeRawBufferPointer? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    return UnsafeRawBufferPointer(rebasing: self[range])
  }

  func matches(_ expected: [UInt8], at offset: Int) -> Bool {
    guard let part = part(offset..<offset + expected.count) else { return false }
    return part.elementsEqual(expected)
  }

  func matches(ascii expected: String, at offset: Int) -> Bool {
    guard let part = part(offset..<offset + expected.utf8.count) else { return false }
    return part.elementsEqual(expected.utf8)
  }

  /// The first offset of `needle` at or after `start`.
  func firstIndex(ofASCII needle: String, from start: Int = 0) -> Int? {
    let wanted = Array(needle.utf8)
    guard let first = wanted.first, count >= wanted.count, start >= 0 else { return nil }
    var offset = start
    while offset <= count - wanted.count {
      if self[offset] == first, matches(wanted, at: offset) { return offset }
      offset += 1
    }
    return nil
  }
}

extension ContiguousBytes {
  /// `withUnsafeBytes`, with the error's type kept.
  func reading<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let result: Result<Value, Failure> = withUnsafeBytes { bytes in
      do throws(Failure) {
        return .success(try body(bytes))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
