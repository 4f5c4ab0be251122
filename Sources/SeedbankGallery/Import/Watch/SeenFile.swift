import FilePaths
import SeedbankModel
import SeedbankStorage

/// A file of a watched folder in one state, in 16 bytes: another path, size, time of modification, inode
/// or device is another value.
struct SeenFile: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  init(_ path: FilePath, _ identity: FileIdentity) {
    var bytes = path.bytes
    // A path has no zero, so different files never have the same bytes here.
    bytes.append(0)
    for number in [
      identity.device, identity.inode, UInt64(bitPattern: identity.size),
      UInt64(bitPattern: identity.modified),
    ] {
      Self.append(number, to: &bytes)
    }
    let digest = Digest(of: bytes).bytes
    self.init(digest[..<16])
  }

  /// The file as it is now; nil, with `errno` set, if that cannot be known.
  init?(at path: FilePath) {
    guard let identity = FileIdentity(path: path) else { return nil }
    self.init(path, identity)
  }

  /// From its 16 bytes.
  init(_ bytes: ArraySlice<UInt8>) {
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  func append(to bytes: inout [UInt8]) {
    Self.append(high, to: &bytes)
    Self.append(low, to: &bytes)
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    bytes += (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }
}
