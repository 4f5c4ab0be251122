extension ImageHeader {
  static func webp(_ bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
    let layout = WebPLayout(bytes)
    try ContainerLimit.check(layout.isOverlong, .webp)
    guard let first = layout.chunks.first else { throw .truncated(.webp) }
    guard let canvas = WebPCanvas(of: first, in: bytes) else {
      throw layout.isComplete
        ? .damaged(.webp, detail: "the first chunk contains no image") : .truncated(.webp)
    }
    let exif = layout.chunks.first { $0.type == .exif }
    return ImageHeader(
      format: .webp, width: canvas.width, height: canvas.height, hasAlpha: canvas.hasAlpha,
      bitDepth: 8,
      orientation: exif.flatMap { bytes.part($0.payload) }
        .map(TIFFBlock.orientation(in:)) ?? .upright,
      hasColorProfile: layout.chunks.contains { $0.type == .colorProfile },
      isAnimated: canvas.isAnimated)
  }
}
