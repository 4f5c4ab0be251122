public import FilePaths
public import FoundationEssentials

/// A complete, decoded image file.
///
/// If it exists, the file was decoded to its end: no data is missing, and all checksums are right. JPEG
/// and WebP have no checksums for pixels, so a changed bit may not be noticed. The digest of the file
/// shows it.
public struct Picture: Sendable {
  /// The header of the file.
  public let header: ImageHeader
  /// The pixels as stored, before `header.orientation`.
  public let stored: Pixels
  /// The colour profile of the file; nil for sRGB.
  public let colorProfile: ColorProfile?

  /// The upright pixels, which are hashed, compared and resized.
  public var upright: Pixels { stored.turned(header.orientation) }

  /// Decodes a whole file.
  ///
  /// 16-bit PNG is scaled to 8 bits. Palettes, grey, CMYK and YCCK become RGB. Of an animated WebP or
  /// PNG, the first frame is decoded. Size and pixels are checked against `limits` before any allocation.
  ///
  /// - Throws: `ImageError`, except `.unreadable` and `.notEncodable`.
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

  /// Decodes at a reduced size if the format supports it (JPEG: 1/2, 1/4, 1/8) and the longer side is at
  /// least `longSide` pixels, the shorter one a quarter of that; otherwise at full size.
  ///
  /// - Parameter thumbnail: the longer side of the thumbnail that is made of the pixels; nil for other purposes. With it,
  ///   PNG and WebP are reduced too. The perceptual hash can then be another one.
  static func decode(
    raw bytes: UnsafeRawBufferPointer, limits: DecodeLimits, atLeast longSide: Int? = nil,
    forThumbnail thumbnail: Int? = nil
  ) throws(ImageError) -> Picture {
    try limits.check(byteCount: bytes.count)
    let header = try ImageHeader.read(raw: bytes)
    try limits.check(width: header.width, height: header.height)
    let pixels =
      switch header.format {
      case .jpeg: try JPEGDecoder.decode(bytes, header, atLeast: longSide)
      case .png: try PNGDecoder.decode(bytes, header, fitting: thumbnail)
      case .webp:
        try WebPDecoder.decode(bytes, header, atLeast: thumbnail == nil ? nil : longSide)
      case .gif, .avif, .heic, .jxl: try OptionalDecoder.decode(bytes, header)
      }
    return Picture(
      header: header, stored: pixels, colorProfile: ColorProfile.read(raw: bytes, header.format))
  }
}
