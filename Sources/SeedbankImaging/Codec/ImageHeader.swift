public import FoundationEssentials

/// The header of an image file, read in microseconds without a codec.
public struct ImageHeader: Equatable, Sendable {
  /// The format by the first bytes.
  public let format: ImageFormat
  /// Pixels as stored, before `orientation`.
  public let width: Int
  /// Pixels as stored, before `orientation`.
  public let height: Int
  /// Whether the image has an alpha channel or a transparent colour.
  public let hasAlpha: Bool
  /// Bits of a sample as stored, 1…16; decoding gives 8.
  public let bitDepth: Int
  /// From Exif in JPEG, PNG and WebP; `.upright` if it is missing.
  public let orientation: Orientation
  /// Whether an ICC profile is embedded.
  ///
  /// Pixels are never converted: hashes and verdicts use the stored values. `ColorProfile` shows
  /// whether two profiles differ.
  public let hasColorProfile: Bool
  /// Whether it is an animation.
  ///
  /// Only its first frame is decoded.
  public let isAnimated: Bool

  /// Pixels as shown, after `orientation`.
  public var uprightWidth: Int { orientation.swapsSides ? height : width }
  /// Pixels as shown, after `orientation`.
  public var uprightHeight: Int { orientation.swapsSides ? width : height }

  /// Reads the header of a whole file, or of a prefix with all data before the pixels.
  ///
  /// - Throws: `ImageError.notAnImage`, `.truncated`, `.damaged`, `.unsupported`.
  public static func read(_ bytes: some ContiguousBytes) throws(ImageError) -> ImageHeader {
    try bytes.reading { (bytes) throws(ImageError) in try read(raw: bytes) }
  }

  static func read(raw bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
    switch ImageFormat(sniffing: bytes) {
    case .jpeg: try jpeg(bytes)
    case .png: try png(bytes)
    case .webp: try webp(bytes)
    case .gif: try gif(bytes)
    case .avif: try OptionalDecoder.header(bytes, .avif)
    case .heic: try OptionalDecoder.header(bytes, .heic)
    case .jxl: try OptionalDecoder.header(bytes, .jxl)
    case nil: throw .notAnImage
    }
  }
}
