import CImageCodecs

enum JPEGDecoder {
  /// Decodes to RGB.
  ///
  /// With `longSide`, decodes at 1/2, 1/4 or 1/8 of the size without the higher DCT frequencies, if
  /// the longer side is still at least that long, and the shorter one at least a quarter of that or not reduced.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, atLeast longSide: Int? = nil
  ) throws(ImageError) -> Pixels {
    let eighths = eighths(of: header, atLeast: longSide)
    let width = (header.width * eighths + 7) / 8
    let height = (header.height * eighths + 7) / 8
    let count = width * height * 3
    let rgb = try filled(count: count, decoding: .jpeg) { target in
      sb_jpeg_decode(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
        UInt32(header.width), UInt32(header.height), Int32(eighths), target, count)
    }
    return Pixels(unchecked: rgb, width: width, height: height, layout: .rgb)
  }

  private static func eighths(of header: ImageHeader, atLeast wanted: Int?) -> Int {
    guard let wanted else { return 8 }
    let long = max(header.width, header.height)
    let short = min(header.width, header.height)
    // Few rows of a very wide image would give another perceptual hash, and other proportions.
    return [1, 2, 4].first {
      long * $0 / 8 >= wanted && short * $0 / 8 >= min(short, wanted / 4)
    } ?? 8
  }
}
