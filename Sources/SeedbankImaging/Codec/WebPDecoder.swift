import CImageCodecs

enum WebPDecoder {
  /// Decodes to RGB or RGBA.
  ///
  /// With `longSide`, decodes an opaque image to the means of blocks of pixels, if blocks divide it and the longer
  /// side is still at least that long.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, atLeast longSide: Int? = nil
  ) throws(ImageError) -> Pixels {
    // libwebp stops after the last pixel. The rest of the container must be present too.
    let layout = WebPLayout(bytes)
    guard layout.isComplete else { throw .truncated(.webp) }
    if header.isAnimated { return try firstFrame(bytes, header, layout) }
    if let longSide, let block = block(of: header, atLeast: longSide) {
      return try means(bytes, header, block)
    }
    return try still(bytes, header)
  }

  /// The largest even length of a block that divides both sides.
  private static func block(of header: ImageHeader, atLeast longSide: Int) -> Int? {
    guard !header.hasAlpha else { return nil }
    let most = max(header.width, header.height) / max(longSide, 1)
    return stride(from: most / 2 * 2, to: 0, by: -2).first {
      header.width.isMultiple(of: $0) && header.height.isMultiple(of: $0)
    }
  }

  private static func means(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, _ block: Int
  ) throws(ImageError) -> Pixels {
    let (width, height) = (header.width / block, header.height / block)
    let count = width * height * 3
    let values = try filled(count: count, decoding: .webp) { target in
      sb_webp_decode_means(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
        UInt32(header.width), UInt32(header.height), UInt32(block), target, count)
    }
    return Pixels(unchecked: values, width: width, height: height, layout: .rgb)
  }

  private static func still(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader
  ) throws(ImageError) -> Pixels {
    let layout: Pixels.Layout = header.hasAlpha ? .rgba : .rgb
    let stride = header.width * layout.channels
    let count = stride * header.height
    let values = try filled(count: count, decoding: .webp) { target in
      sb_webp_decode(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
        UInt32(header.width), UInt32(header.height), Int32(layout.channels), target, stride, count)
    }
    return Pixels(unchecked: values, width: header.width, height: header.height, layout: layout)
  }

  /// The first frame of an animation on its transparent canvas.
  private static func firstFrame(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, _ layout: WebPLayout
  ) throws(ImageError) -> Pixels {
    guard let chunk = layout.chunks.first(where: { $0.type == .frame }),
      let frame = WebPFrame(chunk, in: bytes), frame.fits(header.width, header.height)
    else { throw .damaged(.webp, detail: "the first frame of the animation is damaged") }
    let file = frame.asFile(bytes)
    let stride = header.width * 4
    let start = frame.y * stride + frame.x * 4
    var canvas = [UInt8](repeating: 0, count: stride * header.height)
    let outcome = canvas.withUnsafeMutableBufferPointer { canvas in
      file.withUnsafeBufferPointer { file in
        sb_webp_decode(
          file.baseAddress, file.count, UInt32(frame.width), UInt32(frame.height), 4,
          canvas.baseAddress.map { $0 + start }, stride, canvas.count - start)
      }
    }
    try outcome.check(decoding: .webp)
    return Pixels(unchecked: canvas, width: header.width, height: header.height, layout: .rgba)
  }
}
