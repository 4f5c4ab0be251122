public import FilePaths
public import FoundationEssentials

extension Picture {
  /// Decodes a whole file to at least `longSide` pixels, and checks it to its end.
  ///
  /// Without the higher frequencies of a JPEG, less is computed, but all data is read.
  ///
  /// `header` contains the size of the whole image.
  /// - Throws: `ImageError`, as `decode(_:limits:)`.
  public static func decode(
    _ bytes: some ContiguousBytes, atLeast longSide: Int, limits: DecodeLimits = .standard
  ) throws(ImageError) -> Picture {
    try bytes.reading { (bytes) throws(ImageError) in
      try decode(raw: bytes, limits: limits, atLeast: max(longSide, 1))
    }
  }

  /// Decodes the file at `path` to at least `longSide` pixels.
  ///
  /// A JPEG is decoded at the smallest of 1/1, 1/2, 1/4 and 1/8 of its size with that many pixels, and with a
  /// quarter of that on its shorter side. Other formats are decoded at full size.
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
