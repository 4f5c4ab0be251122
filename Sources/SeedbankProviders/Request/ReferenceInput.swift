/// A reference image of a request, as the request names it.
public enum ReferenceInput: Hashable, Sendable {
  /// An image of the library; the text is `sha256:` and the digest.
  case stored(digest: String)
  /// A link that the service downloads.
  case link(String)

  /// Its placeholder in a recorded body.
  var placeholder: String {
    switch self {
    case .stored(let digest): digest
    case .link(let url): url
    }
  }
}

/// The bytes of a reference image, read while they are sent.
public struct ReferenceBytes: Sendable {
  /// The media type, such as `image/png`.
  public let mediaType: String
  /// The length in bytes.
  public let count: Int64
  /// Reads bytes from an offset into the buffer and returns how many; 0 at the end.
  let read: @Sendable (Int64, UnsafeMutableRawBufferPointer) throws -> Int

  /// Makes a source of bytes.
  ///
  /// - Parameter read: Called on a separate thread. It may block while a file is read.
  public init(
    mediaType: String, count: Int64,
    read: @escaping @Sendable (Int64, UnsafeMutableRawBufferPointer) throws -> Int
  ) {
    self.mediaType = mediaType
    self.count = count
    self.read = read
  }
}
