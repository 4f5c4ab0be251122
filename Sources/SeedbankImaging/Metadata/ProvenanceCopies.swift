/// What Seedbank writes into an image file: the same facts for three kinds of readers.
public struct ProvenanceCopies: Equatable, Sendable {
  /// In the format of AUTOMATIC1111, which most tools for generated images read.
  public var parameters: String?
  /// For everything that reads XMP; its `record` is the truth on re-import.
  public var xmp: XMPPacket

  /// Makes the copies: an optional text in A1111's form, and a packet.
  public init(parameters: String? = nil, xmp: XMPPacket) {
    self.parameters = parameters
    self.xmp = xmp
  }
}
