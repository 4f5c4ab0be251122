internal import Crypto
import FilePaths
import Glibc

/// A SHA-256 under way, over bytes as they come.
public struct RunningDigest: Sendable {
  private var hash = SHA256()

  public init() {}

  /// The digest of all bytes so far.
  public var value: Digest { Digest(hash.finalize()) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// Hashes a file's bytes from its start; returns how many there were.
  @discardableResult
  mutating func updateWithFile(at path: FilePath) throws -> Int64 {
    try FileSystem.forEachPiece(of: path) { update($0) }
  }
}
