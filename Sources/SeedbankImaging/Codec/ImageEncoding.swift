import CImageCodecs

/// A format for encoding pixels, with its settings.
public enum ImageEncoding: Equatable, Sendable {
  /// Baseline JPEG; `quality` of libjpeg, 1 to 100; `fullChroma` keeps colours at full resolution
  /// (4:4:4). `ownTables` makes Huffman tables for the image: the file is some percent smaller, but encoding
  /// takes about twice the time. Alpha is composited over white.
  case jpeg(quality: Int, fullChroma: Bool = false, ownTables: Bool = true)
  /// PNG; `level` of zlib, 0 (none) to 9 (smallest).
  case png(level: Int = 6)
  /// Lossy WebP; `quality` 0 to 100.
  case webp(quality: Int)
  /// Lossless WebP, also exact for transparent pixels.
  case losslessWebP

  /// The format of the encoded file.
  public var format: ImageFormat {
    switch self {
    case .jpeg: .jpeg
    case .png: .png
    case .webp, .losslessWebP: .webp
    }
  }
}

extension Pixels {
  /// A complete image file of these pixels; numbers out of range are clamped.
  ///
  /// - Throws: `ImageError.outOfMemory`; `.notEncodable` if a side is longer than the format allows (JPEG
  ///   65,500, WebP 16,383).
  public func encoded(as encoding: ImageEncoding) throws(ImageError) -> [UInt8] {
    var result = sb_bytes()
    let source = encoding.format == .jpeg ? overWhite() : self
    let columns = UInt32(width)
    let rows = UInt32(height)
    let channels = Int32(source.layout.channels)
    let outcome = source.bytes.withUnsafeBufferPointer { pixels in
      switch encoding {
      case .jpeg(let quality, let fullChroma, let ownTables):
        sb_jpeg_encode(
          pixels.baseAddress, columns, rows, Int32(min(max(quality, 1), 100)), fullChroma ? 1 : 0,
          ownTables ? 1 : 0, &result)
      case .png(let level):
        sb_png_encode(
          pixels.baseAddress, columns, rows, channels, Int32(min(max(level, 0), 9)), &result)
      case .webp(let quality):
        sb_webp_encode(
          pixels.baseAddress, columns, rows, channels, Float(min(max(quality, 0), 100)), 0,
          &result)
      case .losslessWebP:
        sb_webp_encode(pixels.baseAddress, columns, rows, channels, 75, 1, &result)
      }
    }
    try outcome.check(encoding: encoding.format)
    return result.take()
  }
}
