/// An image of a generation whose complete bytes are in the library under their digest.
public struct CataloguedImage: Hashable, Sendable {
  /// 1 for the first image of the reply.
  public let position: Int
  public let digest: Digest
  /// `jpeg`, `png` or `webp`, as the bytes say.
  public let format: String
  /// Pixels.
  public let width: Int
  public let height: Int
  /// The file's size.
  public let bytes: Int64
  /// 64-bit perceptual hash; nil until it is computed.
  public let perceptualHash: UInt64?
  /// When the file was found to be gone; nil while it is there.
  public let missingSince: Timestamp?

  public init(
    position: Int, digest: Digest, format: String, width: Int, height: Int, bytes: Int64,
    perceptualHash: UInt64?, missingSince: Timestamp? = nil
  ) {
    self.position = position
    self.digest = digest
    self.format = format
    self.width = width
    self.height = height
    self.bytes = bytes
    self.perceptualHash = perceptualHash
    self.missingSince = missingSince
  }

  /// Where the file lies, relative to the library folder.
  public var relativePath: String { LibraryFolder.relativePath(of: digest, format: format) }
}
