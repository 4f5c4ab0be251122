/// Why metadata was not written or removed.
///
/// Reading a known container never fails: intact metadata is returned.
public enum MetadataError: Error, Equatable, Sendable {
  /// No signature of a known format.
  case notAnImage
  /// The container is incomplete or damaged, so it is not edited.
  case damagedContainer(ImageFormat)
  /// The file is signed (C2PA): any edit would break its signature. Write a sidecar instead.
  case contentCredentials(ImageFormat)
  /// Metadata of such a file can only be read. Write a sidecar instead.
  case notWritable(ImageFormat)
  /// The file's own XMP packet cannot be read, so nothing can be added without loss.
  case unreadableXMP(ImageFormat)
  /// The packet is larger than a JPEG segment, even without the parts that can be moved out of it.
  case xmpTooLarge(bytes: Int, limit: Int)
}
