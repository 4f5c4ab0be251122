public import FoundationEssentials

/// A small upright JPEG of an image file.
public struct Thumbnail: Equatable, Sendable {
  /// The JPEG file, without metadata.
  public let jpeg: [UInt8]
  /// Width in pixels.
  public let width: Int
  /// Height in pixels.
  public let height: Int

  /// Makes a thumbnail whose longer side has at most `longSide` pixels.
  ///
  /// Smaller images keep their size. Alpha is shown on white.
  ///
  /// A JPEG is decoded at the smallest of 1/1, 1/2, 1/4 and 1/8 of its size with at least 1.5 times the requested
  /// size, then resized by Lanczos. Blocks of pixels of an opaque PNG or lossy WebP are averaged while it is decoded,
  /// those of a WebP before their colours are computed. The mean difference from a resize of the whole image is
  /// less than one level of 256.
  ///
  /// - Parameters:
  ///   - quality: of the JPEG, 1 to 100.
  ///   - ownTables: whether the JPEG has its own Huffman tables, which make it smaller but take longer.
  /// - Throws: `ImageError`, as `Picture.decode`.
  public static func make(
    of bytes: some ContiguousBytes, longSide: Int, quality: Int = 85, ownTables: Bool = true,
    limits: DecodeLimits = .standard
  ) throws(ImageError) -> Thumbnail {
    let picture = try bytes.reading { (bytes) throws(ImageError) in
      try Picture.decode(
        raw: bytes, limits: limits, atLeast: decodedSide(for: longSide), forThumbnail: longSide)
    }
    return try make(
      of: picture, longSide: longSide, quality: quality, ownTables: ownTables)
  }

  /// The least size at which a file is decoded for a thumbnail.
  static func decodedSide(for longSide: Int) -> Int { max(longSide, 1) * 3 / 2 }

  /// Makes a thumbnail of an image that is already decoded.
  ///
  /// - Throws: `ImageError.outOfMemory`, `.notEncodable`.
  public static func make(
    of picture: Picture, longSide: Int, quality: Int = 85, ownTables: Bool = true
  ) throws(ImageError) -> Thumbnail {
    // Rotated at the end, because there are fewer pixels.
    let small = fitted(picture, longSide).turned(picture.header.orientation)
    return Thumbnail(
      jpeg: try small.encoded(as: .jpeg(quality: quality, ownTables: ownTables)),
      width: small.width,
      height: small.height)
  }

  /// The stored pixels at the size of the thumbnail.
  ///
  /// It is computed from the whole image, because a side that was reduced while it was decoded is rounded.
  private static func fitted(_ picture: Picture, _ longSide: Int) -> Pixels {
    let stored = picture.stored
    guard longSide < max(stored.width, stored.height) else { return stored }
    let whole = (picture.header.width, picture.header.height)
    let size = Pixels.size(of: whole, fitting: longSide)
    return stored.resized(toWidth: size.width, height: size.height)
  }
}
