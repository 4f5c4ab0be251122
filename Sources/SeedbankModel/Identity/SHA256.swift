internal import CNettle

/// A SHA-256 computation, by libnettle, which uses the processor's SHA instructions.
struct SHA256: Sendable {
  /// Bytes of a digest.
  static let digestSize = 32

  private var context = sha256_ctx()

  init() { nettle_sha256_init(&context) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    nettle_sha256_update(&context, bytes.count, start)
  }

  /// Returns the digest of all bytes so far; more may follow.
  func digest() -> [UInt8] {
    // The library's function pads and clears the state that it is given.
    var context = context
    return Array(unsafeUninitializedCapacity: Self.digestSize) { digest, count in
      nettle_sha256_digest(&context, Self.digestSize, digest.baseAddress)
      count = Self.digestSize
    }
  }
}
