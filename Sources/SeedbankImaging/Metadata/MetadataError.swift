/// Why metadata was not written or removed. Reading never fails for a container that is known: it
/// takes what is whole.
public enum MetadataError: Error, Equatable, Sendable {
  /// No signature of a known format.
  case notAnImage
  /// The container breaks off or contradicts itself; an edit could make it worse.
  case damagedContainer(ImageFormat)
  /// The file is signed (C2PA): any edit would break its signature. Write a sidecar instead.
  case contentCredentials(ImageFormat)
  /// Metadata of such a file is read and not written. Write a sidecar instead.
  case notWritable(ImageFormat)
  /// The file's own XMP packet is not readable, so nothing can be put into it without loss.
  case unreadableXMP(ImageFormat)
  /// The packet exceeds what a JPEG segment holds, even with all that can move out of it.
  case xmpTooLarge(bytes: Int, limit: Int)
}
