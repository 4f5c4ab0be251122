extension ImageHeader {
  static func png(_ bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
    let layout = PNGLayout(bytes)
    try ContainerLimit.check(layout.isOverlong, .png)
    guard let first = layout.chunks.first else { throw .truncated(.png) }
    guard first.type == .header, first.payload.count == 13 else {
      throw .damaged(.png, detail: "the first chunk is not IHDR")
    }
    guard let width = bytes.bigEndian(at: first.payload.lowerBound, bytes: 4),
      let height = bytes.bigEndian(at: first.payload.lowerBound + 4, bytes: 4),
      let bitDepth = bytes.byte(at: first.payload.lowerBound + 8),
      let colorType = bytes.byte(at: first.payload.lowerBound + 9)
    else { throw .truncated(.png) }
    guard width > 0, height > 0, width < 1 << 31, height < 1 << 31 else {
      throw .damaged(.png, detail: "the size is not possible")
    }
    let beforePixels = layout.chunks.prefix { $0.type != .pixels }
    // eXIf may come after the pixels too (PNG 3, 11.3.3.5).
    let exif = layout.chunks.first { $0.type == .exif }
    return ImageHeader(
      format: .png, width: width, height: height,
      hasAlpha: colorType & 4 != 0 || beforePixels.contains { $0.type == .transparency },
      bitDepth: Int(bitDepth),
      orientation: exif.flatMap { bytes.part($0.payload) }
        .map(TIFFBlock.orientation(in:)) ?? .upright,
      hasColorProfile: beforePixels.contains { $0.type == .colorProfile },
      isAnimated: beforePixels.contains { $0.type == .animation })
  }
}
