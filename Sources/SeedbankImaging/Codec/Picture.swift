public import FilePaths
public import FoundationEssentials

/// A complete, decoded image file.
///
/// Having one means that the file decoded to its very end: no missing data, no check sum that
/// differs. JPEG and WebP carry no check sums over pixels, so a flipped bit may still pass; the
/// file's digest is what tells that.
public struct Picture: Sendable {
  /// What the file's header says.
  public let header: ImageHeader
  /// The pixels as stored, before `header.orientation`.
  public let stored: Pixels
  /// What the file says of its colours; nil where it leaves them at sRGB.
  public let colorProfile: ColorProfile?

  /// The pixels as shown: what is hashed, compared and made small.
  public var upright: Pixels { stored.turned(header.orientation) }

  /// Decodes a whole file.
  ///
  /// 16-bit PNG is scaled to 8, palettes, greys, CMYK and YCCK become RGB, an animated WebP or PNG
  /// gives its first frame. Size and pixels are checked against `limits` before any allocation.
  ///
  /// - Throws: `ImageError`; every kind but `.unreadable` and `.notEncodable`.
  public static func decode(
    _ bytes: some ContiguousBytes, limits: DecodeLimits = .standard
  ) throws(ImageError) -> Picture {
    try bytes.reading { (bytes) throws(ImageError) in try decode(raw: bytes, limits: limits) }
  }

  /// Decodes the file at `path`; see `decode(_:limits:)`.
  ///
  /// - Throws: `ImageError`.
  public static func decode(
    contentsOf path: FilePath, limits: DecodeLimits = .standard
  ) throws(ImageError) -> Picture {
    try decode(FileContents.read(path, limit: limits.bytes), limits: limits)
  }

  /// Decodes at a reduced size where the format can (JPEG: 1/2, 1/4, 1/8), whose long side is
  /// still at least `longSide` pixels; at full size otherwise.
  static func decode(
    raw bytes: UnsafeRawBufferPointer, limits: DecodeLimits, atLeast longSide: Int? = nil
  ) throws(ImageError) -> Picture {
    try limits.check(byteCount: bytes.count)
    let header = try ImageHeader.read(raw: bytes)
    try limits.check(width: header.width, height: header.height)
    let pixels =
      switch header.format {
      case .jpeg: try JPEGDecoder.decode(bytes, header, atLeast: longSide)
      case .png: try PNGDecoder.decode(bytes, header)
      case .webp: try WebPDecoder.decode(bytes, header)
      case .gif, .avif, .heic, .jxl: try OptionalDecoder.decode(bytes, header)
      }
    return Picture(
      header: header, stored: pixels, colorProfile: ColorProfile.read(raw: bytes, header.format))
  }
}
