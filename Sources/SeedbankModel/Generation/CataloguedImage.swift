/// An image of a generation whose complete bytes are in the library under their digest.
public struct CataloguedImage: Hashable, Sendable {
  /// 1 for the first image of the reply.
  public let position: Int
  /// The SHA-256 digest of the file.
  public let digest: Digest
  /// The name of an ``ImageKind``, found from the bytes.
  public let format: String
  /// Pixels; 0 if the file was stored without being decoded.
  public let width: Int
  /// Pixels; 0 if the file was stored without being decoded.
  public let height: Int
  /// The file's size.
  public let bytes: Int64
  /// 64-bit perceptual hash; nil until it is computed.
  public let perceptualHash: UInt64?
  /// When the file was found missing in the library; nil if it is there.
  public let missingSince: Timestamp?
  /// Where the file is.
  public let place: FilePlace

  /// Makes an image from its columns.
  public init(
    position: Int, digest: Digest, format: String, width: Int, height: Int, bytes: Int64,
    perceptualHash: UInt64?, missingSince: Timestamp? = nil, isOnRemote: Bool = false
  ) {
    self.position = position
    self.digest = digest
    self.format = format
    self.width = width
    self.height = height
    self.bytes = bytes
    self.perceptualHash = perceptualHash
    self.missingSince = missingSince
    place = FilePlace(missingSince: missingSince, isOnRemote: isOnRemote)
  }

  /// Whether the file was decoded when it was stored.
  ///
  /// If not, it has no size in pixels, no perceptual hash and no thumbnail.
  public var isDecoded: Bool { width > 0 && height > 0 }
}
