public import FoundationEssentials

/// A small upright JPEG of an image file.
public struct Thumbnail: Equatable, Sendable {
  /// The JPEG file, without metadata.
  public let jpeg: [UInt8]
  /// Width in pixels.
  public let width: Int
  /// Height in pixels.
  public let height: Int

  /// Makes a thumbnail whose long side has at most `longSide` pixels; smaller images keep their
  /// size. Alpha is shown on white.
  ///
  /// A JPEG is decoded at the smallest DCT scale that leaves twice the size asked for, then
  /// resized by Lanczos: the same quality as from full size, several times as quick.
  ///
  /// - Parameter quality: of the JPEG, 1 to 100.
  /// - Throws: `ImageError`, as `Picture.decode`.
  public static func make(
    of bytes: some ContiguousBytes, longSide: Int, quality: Int = 85,
    limits: DecodeLimits = .standard
  ) throws(ImageError) -> Thumbnail {
    let picture = try bytes.reading { (bytes) throws(ImageError) in
      try Picture.decode(raw: bytes, limits: limits, atLeast: max(longSide, 1) * 2)
    }
    return try make(of: picture, longSide: longSide, quality: quality)
  }

  /// Makes a thumbnail of an image that is already decoded.
  ///
  /// - Throws: `ImageError.outOfMemory`, `.notEncodable`.
  public static func make(
    of picture: Picture, longSide: Int, quality: Int = 85
  ) throws(ImageError) -> Thumbnail {
    // Turned last: there are fewer pixels to turn.
    let small = picture.stored.fitted(longSide: longSide).turned(picture.header.orientation)
    return Thumbnail(
      jpeg: try small.encoded(as: .jpeg(quality: quality)), width: small.width,
      height: small.height)
  }
}
