import CImageCodecs

enum PNGDecoder {
  /// Decodes to RGB or RGBA.
  ///
  /// With `longSide`, it returns the means of blocks of pixels if `Pixels.fitted(longSide:)` would compute them. The
  /// rows are then reduced while they are in the cache of the processor, and the whole image needs no new memory.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, fitting longSide: Int? = nil
  ) throws(ImageError) -> Pixels {
    if let longSide, let means = means(bytes, header, longSide) { return means }
    let layout: Pixels.Layout = header.hasAlpha ? .rgba : .rgb
    let count = header.width * header.height * layout.channels
    // Each row is inflated with the number of its filter before it.
    let capacity = count + header.height
    let values = try filled(count: count, capacity: capacity, decoding: .png) { target in
      sb_png_decode(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
        UInt32(header.width), UInt32(header.height), Int32(layout.channels), target, capacity)
    }
    return Pixels(unchecked: values, width: header.width, height: header.height, layout: layout)
  }

  /// Nil if the image is not reduced by square blocks, or if the file is not an intact one of the most common kind.
  private static func means(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, _ longSide: Int
  ) -> Pixels? {
    let size = (header.width, header.height)
    let block = PixelBlock(from: size, to: Pixels.size(of: size, fitting: longSide))
    // Blocks that are not square would change the proportions, from which the size of the thumbnail is computed.
    guard !header.hasAlpha, longSide < max(header.width, header.height),
      block.across == block.down, block.reduces(size)
    else { return nil }
    let (width, height) = (header.width / block.across, header.height / block.down)
    let count = width * height * Pixels.Layout.rgb.channels
    let means = [UInt8](unsafeUninitializedCapacity: count) { into, initialized in
      let isDone = sb_png_decode_means(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
        UInt32(header.width), UInt32(header.height), UInt32(block.across), UInt32(block.down),
        into.baseAddress)
      initialized = isDone == 0 ? 0 : count
    }
    guard means.count == count else { return nil }
    return Pixels(unchecked: means, width: width, height: height, layout: .rgb)
  }
}
