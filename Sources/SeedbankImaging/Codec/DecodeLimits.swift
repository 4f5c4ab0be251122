/// Size limits that are checked before decoding, against decompression bombs.
public struct DecodeLimits: Equatable, Sendable {
  /// The largest file, in bytes.
  public var bytes: Int
  /// The largest image, in pixels (width × height as its header says).
  public var pixels: Int

  /// Makes limits from a number of file bytes and a number of pixels.
  public init(bytes: Int, pixels: Int) {
    self.bytes = bytes
    self.pixels = pixels
  }

  /// 64 MiB and 100 megapixels: six times the largest image that the gateway's models make
  /// (4096 × 4096), and at most 400 MB once decoded.
  public static let standard = DecodeLimits(bytes: 64 << 20, pixels: 100_000_000)

  func check(byteCount: Int) throws(ImageError) {
    guard byteCount <= bytes else {
      throw .tooManyBytes(count: byteCount, limit: bytes)
    }
  }

  func check(width: Int, height: Int) throws(ImageError) {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, area <= pixels else {
      throw .tooManyPixels(width: width, height: height, limit: pixels)
    }
  }
}
