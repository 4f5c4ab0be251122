/// How a file is sent.
public struct Transfer: Codable, Equatable, Sendable {
  /// What goes wrong while bytes are sent.
  public var fault: Fault?
  /// Bytes of the body before a cut, reset or stall; nil means half.
  public var after: Int?
  /// For a trickle; nil means 4096.
  public var bytesPerSecond: Int?
  /// For a redirect; nil means 1.
  public var hops: Int?
  /// Whether `Range` is honoured with 206; nil means yes.
  public var ranges: Bool?

  /// Makes a transfer; nil means the usual one.
  public init(
    fault: Fault? = nil, after: Int? = nil, bytesPerSecond: Int? = nil, hops: Int? = nil,
    ranges: Bool? = nil
  ) {
    self.fault = fault
    self.after = after
    self.bytesPerSecond = bytesPerSecond
    self.hops = hops
    self.ranges = ranges
  }

  /// Faults of a transfer.
  public enum Fault: String, Codable, CaseIterable, Sendable {
    /// The length is announced; fewer bytes come.
    case shortBody
    /// Chunked, and cut before the end is told.
    case cutChunk
    /// Chunked, and whole: no fault, but no length either.
    case chunked
    /// Neither length nor chunks: the end is the connection's. Whole.
    case unframed
    /// The same, and not whole: only the image itself can tell.
    case unframedCut
    case reset, stall, trickle
    /// `text/plain` over a good image.
    case wrongType
    /// An HTML page with 200.
    case page
    /// A JPEG without its last bytes, in a body of the right length.
    case withoutEnd
    /// 200 and nothing.
    case empty
    /// An image's start, and then bytes without end.
    case endless
    case redirect, redirectLoop
    /// A redirect to a `file:` address.
    case redirectToFile
    /// Whole images of kinds that few programs read.
    case gif, avif, heic, tiff, bmp
    /// A good image with bytes in front of it, or behind it.
    case leadingBytes, trailingBytes
  }
}
