import CImageCodecs

/// The decoders with optional libraries, which are loaded with the first such file: libheif for HEIC and
/// AVIF, libjxl, giflib.
enum OptionalDecoder {
  /// The header of a HEIC, AVIF or JPEG XL file from its library.
  ///
  /// The libraries rotate and crop images, so the result is upright.
  static func header(
    _ bytes: UnsafeRawBufferPointer, _ format: ImageFormat
  ) throws(ImageError) -> ImageHeader {
    var info = sb_info()
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let outcome =
      format == .jxl
      ? sb_jxl_read(start, bytes.count, &info) : sb_heif_read(start, bytes.count, &info)
    try outcome.check(decoding: format)
    return ImageHeader(
      format: format, width: Int(info.width), height: Int(info.height),
      hasAlpha: info.has_alpha != 0, bitDepth: Int(info.bit_depth), orientation: .upright,
      hasColorProfile: info.has_profile != 0,
      isAnimated: info.is_animated != 0 || HEIFBrand.isSequence(bytes))
  }

  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader
  ) throws(ImageError) -> Pixels {
    guard !UndecodedImage.endsWithinBox(bytes) else { throw .truncated(header.format) }
    let layout: Pixels.Layout = header.hasAlpha ? .rgba : .rgb
    let channels = Int32(layout.channels)
    let (width, height) = (UInt32(header.width), UInt32(header.height))
    let count = header.width * header.height * layout.channels
    let values = try filled(count: count, decoding: header.format) { target in
      let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      return switch header.format {
      case .gif: sb_gif_decode(start, bytes.count, width, height, target, count)
      case .jxl: sb_jxl_decode(start, bytes.count, width, height, channels, target, count)
      default: sb_heif_decode(start, bytes.count, width, height, channels, target, count)
      }
    }
    return Pixels(unchecked: values, width: header.width, height: header.height, layout: layout)
  }

  /// The bytes of a HEIC's, AVIF's or JPEG XL's Exif or XMP; nil if there are none, or no library.
  static func metadata(
    _ bytes: UnsafeRawBufferPointer, _ format: ImageFormat, _ kind: sb_metadata_kind
  ) -> [UInt8]? {
    var found = sb_bytes()
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let limit = 16 << 20
    let outcome =
      format == .jxl
      ? sb_jxl_metadata(start, bytes.count, kind, limit, &found)
      : sb_heif_metadata(start, bytes.count, kind, limit, &found)
    guard outcome.status == SB_OK, found.size > 0 else {
      sb_release(&found)
      return nil
    }
    return found.take()
  }
}
