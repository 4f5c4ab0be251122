/// How a file is sent.
package struct Transfer: Codable, Equatable, Sendable {
  /// The fault while bytes are sent.
  package var fault: Fault?
  /// The number of bytes before a cut, reset or stall; nil means half of the file.
  package var after: Int?
  /// The speed of a trickle; nil means 4096.
  package var bytesPerSecond: Int?
  /// The number of redirects; nil means 1.
  package var hops: Int?
  /// Whether `Range` is answered with 206; nil means yes.
  package var ranges: Bool?

  /// Makes a transfer; nil means the usual one.
  package init(
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
  package enum Fault: String, Codable, CaseIterable, Sendable {
    /// Fewer bytes than the announced length.
    case shortBody
    /// Chunked, and cut before its end.
    case cutChunk
    /// Chunked and complete, without a length.
    case chunked
    /// Complete, without a length or chunks. It ends with the connection.
    case unframed
    /// The same, but incomplete. Only the image data shows it.
    case unframedCut
    case reset, stall, trickle
    /// The type `text/plain` for a good image.
    case wrongType
    /// An HTML page with 200.
    case page
    /// A JPEG without its last bytes, in a body of the right length.
    case withoutEnd
    /// 200 without a body.
    case empty
    /// The start of an image, and then bytes without end.
    case endless
    case redirect, redirectLoop
    /// A redirect to a `file:` address.
    case redirectToFile
    /// Complete images in rare formats.
    case gif, avif, heic, tiff, bmp
    /// A good image with bytes before or after it.
    case leadingBytes, trailingBytes
  }
}
