/// A SHA-256 under way, over bytes as they come.
public struct RunningDigest: Sendable {
  private var hash = SHA256()

  /// Makes a digest of no bytes.
  public init() {}

  /// The digest of all bytes so far.
  public var value: Digest { Digest(hash) }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }
}
