/// The metadata that Seedbank writes into an image file, in three forms.
public struct ProvenanceCopies: Equatable, Sendable {
  /// The text in the format of AUTOMATIC1111, which most tools for generated images read.
  public var parameters: String?
  /// The XMP packet.
  ///
  /// An import uses its `record`.
  public var xmp: XMPPacket

  /// Makes the copies: an optional text in A1111's form, and a packet.
  public init(parameters: String? = nil, xmp: XMPPacket) {
    self.parameters = parameters
    self.xmp = xmp
  }
}
