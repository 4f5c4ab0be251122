/// Converts characters to and from UTF-8 without a `String`.
enum UTF8Scalar {
  /// The character at `position` and its length in bytes.
  ///
  /// The text must be valid UTF-8.
  package static func decode(
    _ text: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (scalar: UInt32, length: Int) {
    let first = UInt32(text[position])
    func continuation(_ offset: Int) -> UInt32 {
      position + offset < text.count ? UInt32(text[position + offset]) & 0x3F : 0
    }
    let left = text.count - position
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | continuation(1), min(2, left)) }
    if first < 0xF0 {
      return ((first & 0x0F) << 12 | continuation(1) << 6 | continuation(2), min(3, left))
    }
    let high = (first & 0x07) << 18 | continuation(1) << 12
    // For any four bytes, the result is a character within the tables.
    return (min(high | continuation(2) << 6 | continuation(3), 0x10_FFFF), min(4, left))
  }

  package static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: scalar >> shift & 0x3F | 0x80) }
    switch scalar {
    case ..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar))
    case ..<0x800:
      bytes.append(UInt8(truncatingIfNeeded: scalar >> 6 | 0xC0))
      bytes.append(tail(0))
    case ..<0x1_0000:
      bytes.append(UInt8(truncatingIfNeeded: scalar >> 12 | 0xE0))
      bytes.append(tail(6))
      bytes.append(tail(0))
    default:
      bytes.append(UInt8(truncatingIfNeeded: scalar >> 18 | 0xF0))
      bytes.append(tail(12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    }
  }

  package static func bytes(of scalar: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    append(scalar, to: &bytes)
    return bytes
  }
}
