import CImageCodecs

/// The metadata of a HEIC, AVIF or JPEG XL file: Exif and XMP.
struct BoxMetadata {
  private let bytes: UnsafeRawBufferPointer
  private let format: ImageFormat

  init(_ bytes: UnsafeRawBufferPointer, _ format: ImageFormat) {
    self.bytes = bytes
    self.format = format
  }

  func read() -> EmbeddedMetadata {
    var metadata = EmbeddedMetadata(format: format)
    metadata.exif = OptionalDecoder.metadata(bytes, format, SB_EXIF).flatMap(Self.exif)
    metadata.xmp = OptionalDecoder.metadata(bytes, format, SB_XMP).map {
      ForeignText.decode(ForeignText.withoutTrailingZeros($0[...]))
    }
    return metadata
  }

  /// The first four bytes are the number of bytes before the TIFF header (ISO/IEC 23008-12, A.2.1).
  private static func exif(_ block: [UInt8]) -> ExifText? {
    block.withUnsafeBytes { block in
      guard let skipped = block.bigEndian(at: 0, bytes: 4), skipped <= block.count else {
        return nil
      }
      return block.part(min(4 + skipped, block.count)..<block.count).flatMap { TIFFBlock($0) }
        .map(ExifText.init)
    }
  }
}
