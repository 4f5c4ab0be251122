public import FilePaths
public import FoundationEssentials

extension Picture {
  /// Decodes a whole file for a use that needs it no larger than `longSide` pixels, and checks it to
  /// its end all the same: leaving out the higher frequencies of a JPEG spares arithmetic, not data.
  ///
  /// `header` tells the size of the whole image.
  /// - Throws: `ImageError`, as `decode(_:limits:)`.
  public static func decode(
    _ bytes: some ContiguousBytes, atLeast longSide: Int, limits: DecodeLimits = .standard
  ) throws(ImageError) -> Picture {
    try bytes.reading { (bytes) throws(ImageError) in
      try decode(raw: bytes, limits: limits, atLeast: max(longSide, 1))
    }
  }

  /// Decodes the file at `path` for a use that needs it no larger than `longSide` pixels.
  ///
  /// A JPEG is decoded at the smallest of 1/1, 1/2, 1/4 and 1/8 that still has that many; other
  /// formats come at full size.
  ///
  /// - Throws: `ImageError`, as `decode(contentsOf:limits:)`.
  public static func decode(
    contentsOf path: FilePath, atLeast longSide: Int, limits: DecodeLimits = .standard
  ) throws(ImageError) -> Picture {
    let bytes = try FileContents.read(path, limit: limits.bytes)
    return try bytes.reading { (bytes) throws(ImageError) in
      try decode(raw: bytes, limits: limits, atLeast: max(longSide, 1))
    }
  }
}
