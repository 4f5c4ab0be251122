/// The metadata of a JPEG file.
struct JPEGMetadata {
  let bytes: UnsafeRawBufferPointer
  let layout: JPEGLayout

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    layout = JPEGLayout(bytes)
  }

  func read() -> EmbeddedMetadata {
    var metadata = EmbeddedMetadata(format: .jpeg)
    for segment in layout.segments {
      if segment.isExif(in: bytes), metadata.exif == nil {
        metadata.exif = bytes.part(segment.exifBlock).flatMap { TIFFBlock($0) }
          .map(ExifText.init)
      } else if segment.isXMP(in: bytes), metadata.xmp == nil {
        let start = segment.payload.lowerBound + JPEGSegment.xmpSignature.count
        metadata.xmp = ForeignText.decode(bytes[start..<segment.payload.upperBound])
      } else if segment.isComment {
        metadata.comments.append(
          ForeignText.decodeUnlabelled(Array(bytes[segment.payload])[...]))
      } else if segment.isPhotoshop(in: bytes) {
        metadata.iptc =
          metadata.iptc ?? bytes.part(segment.payload).flatMap { IPTCText($0) }
      } else if segment.isJUMBF(in: bytes) {
        metadata.hasContentCredentials = true
        metadata.credentialsMaker =
          metadata.credentialsMaker ?? bytes.part(segment.payload).flatMap(ContentCredentials.maker)
      }
    }
    metadata.extendedXMP = metadata.xmp.flatMap(ExtendedXMP.name).flatMap {
      ExtendedXMP.read($0, layout.segments, in: bytes)
    }
    return metadata
  }

  /// A marker segment; the payload has at most 65,533 bytes.
  static func segment(_ marker: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [0xFF, marker] + (payload.count + 2).bigEndianBytes(2) + payload
  }
}
