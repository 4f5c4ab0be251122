/// A decoded image: 8 bits per channel, interleaved, rows from the top without padding.
public struct Pixels: Equatable, Sendable {
  /// The channels of one pixel.
  public enum Layout: Sendable {
    case rgb
    /// Alpha is not premultiplied.
    case rgba

    /// Samples of one pixel.
    public var channels: Int { self == .rgb ? 3 : 4 }
  }

  /// Pixels in a row.
  public let width: Int
  /// Number of rows.
  public let height: Int
  /// The samples of each pixel and their order.
  public let layout: Layout
  /// `width × height × layout.channels` values.
  public let bytes: [UInt8]

  /// Nil unless both sides are at least 1 and `bytes` has exactly the size of the pixels.
  public init?(width: Int, height: Int, layout: Layout, bytes: [UInt8]) {
    guard width > 0, height > 0,
      width.multipliedReportingOverflow(by: height).overflow == false,
      bytes.count.isMultiple(of: layout.channels), bytes.count / layout.channels == width * height
    else { return nil }
    self.init(unchecked: bytes, width: width, height: height, layout: layout)
  }

  init(unchecked bytes: [UInt8], width: Int, height: Int, layout: Layout) {
    self.width = width
    self.height = height
    self.layout = layout
    self.bytes = bytes
  }
}
