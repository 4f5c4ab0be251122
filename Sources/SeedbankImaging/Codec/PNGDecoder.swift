import CImageCodecs

enum PNGDecoder {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader
  ) throws(ImageError) -> Pixels {
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
}
