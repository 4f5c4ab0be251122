/// Size and kind of a WebP image, from the first chunk of its file.
struct WebPCanvas {
  let width: Int
  let height: Int
  let hasAlpha: Bool
  var isAnimated = false

  init?(of chunk: WebPChunk, in bytes: UnsafeRawBufferPointer) {
    let start = chunk.payload.lowerBound
    switch chunk.type {
    case .extended:
      // RFC 9649, 2.7: flags, 24 bits reserved, then width − 1 and height − 1 in 24 bits each.
      guard chunk.payload.count >= 10, let flags = bytes.byte(at: start),
        let width = bytes.littleEndian(at: start + 4, bytes: 3),
        let height = bytes.littleEndian(at: start + 7, bytes: 3)
      else { return nil }
      self.width = width + 1
      self.height = height + 1
      hasAlpha = flags & WebPFlags.alpha != 0
      isAnimated = flags & WebPFlags.animation != 0
    case .lossy:
      // RFC 6386, 9.1: 3 bytes of frame tag, 9D 01 2A, then 14 bits of width and of height.
      guard chunk.payload.count >= 10, bytes.matches([0x9D, 0x01, 0x2A], at: start + 3),
        let width = bytes.littleEndian(at: start + 6, bytes: 2),
        let height = bytes.littleEndian(at: start + 8, bytes: 2)
      else { return nil }
      self.width = width & 0x3FFF
      self.height = height & 0x3FFF
      hasAlpha = false
    case .lossless:
      // RFC 9649, 3.4: 2F, then 14 bits of width − 1, 14 of height − 1, 1 of alpha.
      guard chunk.payload.count >= 5, bytes.byte(at: start) == 0x2F,
        let packed = bytes.littleEndian(at: start + 1, bytes: 4)
      else { return nil }
      width = packed & 0x3FFF + 1
      height = packed >> 14 & 0x3FFF + 1
      hasAlpha = packed >> 28 & 1 != 0
    default:
      return nil
    }
    guard width > 0, height > 0 else { return nil }
  }
}

/// The flags in a VP8X chunk (RFC 9649, 2.7).
enum WebPFlags {
  static let animation: UInt8 = 0x02
  static let xmp: UInt8 = 0x04
  static let exif: UInt8 = 0x08
  static let alpha: UInt8 = 0x10
  static let colorProfile: UInt8 = 0x20
}
