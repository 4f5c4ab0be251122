/// An image that a request refers to.
///
/// Its file is in the image store, like every image.
public struct ReferenceImage: Hashable, Sendable {
  /// What the service uses the image for.
  public enum Role: String, Sendable, CaseIterable {
    case image, mask
  }

  /// 1 for the first image of the request.
  public let position: Int
  /// What the image is for.
  public let role: Role
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
  /// When the file was found missing in the library; nil if it is there.
  public let missingSince: Timestamp?
  /// Where the file is.
  public let place: FilePlace

  /// Creates a reference to a stored image.
  public init(
    position: Int, role: Role = .image, digest: Digest, format: String, width: Int, height: Int,
    bytes: Int64, missingSince: Timestamp? = nil, isOnRemote: Bool = false
  ) {
    self.position = position
    self.role = role
    self.digest = digest
    self.format = format
    self.width = width
    self.height = height
    self.bytes = bytes
    self.missingSince = missingSince
    place = FilePlace(missingSince: missingSince, isOnRemote: isOnRemote)
  }
}
