/// A SHA-256 computation over bytes that arrive in parts.
package struct RunningDigest: Sendable {
  private var hash = SHA256()

  /// Makes a digest of no bytes.
  package init() {}

  /// The digest of all bytes so far.
  package var value: Digest { Digest(hash) }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }
}
