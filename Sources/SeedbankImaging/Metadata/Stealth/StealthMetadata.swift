/// Text hidden in the lowest bits of pixels, as NovelAI and the "stealth pnginfo" extension of
/// AUTOMATIC1111 write it, so that it survives hosts that strip metadata.
public enum StealthMetadata {
  /// The first bits, read column by column from the left.
  private enum Signature: String, CaseIterable {
    case alpha = "stealth_pnginfo"
    case compressedAlpha = "stealth_pngcomp"
    case color = "stealth_rgbinfo"
    case compressedColor = "stealth_rgbcomp"

    var isCompressed: Bool { self == .compressedAlpha || self == .compressedColor }
  }

  /// The hidden text, or nil.
  ///
  /// `pixels` must be as stored, lossless and not resized.
  ///
  /// Layout: one bit for each pixel in alpha, or three in red, green and blue; 15 bytes of
  /// signature, the length in bits as 32 bits, then UTF-8, or gzip of it. Most significant bit
  /// first.
  public static func read(_ pixels: Pixels) -> String? {
    for inAlpha in pixels.layout == .rgba ? [true, false] : [false] {
      var bits = HiddenBits(pixels, inAlpha: inAlpha)
      guard let start = bits.bytes(15), let signature = signature(start, inAlpha),
        let size = bits.bytes(4)
      else { continue }
      let length = size.reduce(0) { $0 << 8 | Int($1) } / 8
      guard let body = bits.bytes(length) else { continue }
      var budget = InflateBudget()
      let text = signature.isCompressed ? budget.inflate(body) : body
      if let text { return ForeignText.decode(text) }
    }
    return nil
  }

  private static func signature(_ bytes: [UInt8], _ inAlpha: Bool) -> Signature? {
    let signature = Signature(rawValue: String(decoding: bytes, as: UTF8.self))
    let isAlpha = signature == .alpha || signature == .compressedAlpha
    return isAlpha == inAlpha ? signature : nil
  }
}

/// The lowest bits of an image's values, column by column.
private struct HiddenBits {
  private let pixels: Pixels
  private let channels: Range<Int>
  private var next = 0
  private let count: Int

  init(_ pixels: Pixels, inAlpha: Bool) {
    self.pixels = pixels
    channels = inAlpha ? 3..<4 : 0..<3
    count = pixels.width * pixels.height * channels.count
  }

  /// The next bytes; nil if there are fewer.
  mutating func bytes(_ wanted: Int) -> [UInt8]? {
    guard wanted <= (count - next) / 8 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(wanted)
    for _ in 0..<wanted {
      var byte: UInt8 = 0
      for _ in 0..<8 { byte = byte << 1 | bit() }
      bytes.append(byte)
    }
    return bytes
  }

  private mutating func bit() -> UInt8 {
    let (pixel, channel) = next.quotientAndRemainder(dividingBy: channels.count)
    let (x, y) = pixel.quotientAndRemainder(dividingBy: pixels.height)
    next += 1
    let place = (y * pixels.width + x) * pixels.layout.channels
    return pixels.bytes[place + channels.lowerBound + channel] & 1
  }
}
