extension ImageHeader {
  static func jpeg(_ bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
    let layout = JPEGLayout(bytes)
    try ContainerLimit.check(layout.isOverlong, .jpeg)
    guard let frame = layout.segments.first(where: \.isFrameHeader) else {
      throw layout.scanStart == nil
        ? .truncated(.jpeg) : .damaged(.jpeg, detail: "a scan comes before the frame header")
    }
    let payload = frame.payload.lowerBound
    guard let bitDepth = bytes.byte(at: payload),
      let height = bytes.bigEndian(at: payload + 1, bytes: 2),
      let width = bytes.bigEndian(at: payload + 3, bytes: 2), frame.payload.count >= 6
    else { throw .truncated(.jpeg) }
    guard height > 0 else {
      throw .unsupported(.jpeg, detail: "the height comes after the image data")
    }
    guard width > 0 else { throw .damaged(.jpeg, detail: "the width is zero") }
    let exif = layout.segments.first { $0.isExif(in: bytes) }
    return ImageHeader(
      format: .jpeg, width: width, height: height, hasAlpha: false, bitDepth: Int(bitDepth),
      orientation: exif.flatMap { bytes.part($0.exifBlock) }
        .map(TIFFBlock.orientation(in:)) ?? .upright,
      hasColorProfile: layout.segments.contains { $0.isColorProfile(in: bytes) },
      isAnimated: false)
  }
}
