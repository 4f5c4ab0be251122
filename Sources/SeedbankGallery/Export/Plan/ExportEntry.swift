import SeedbankModel

/// A file that an export wrote, as its record tells of it: what lets a later run know its own again.
struct ExportEntry: Hashable, Sendable {
  /// What the file is for.
  enum Role: String, Codable, Sendable {
    case image, sidecar, thumbnail, page, sheet, manifest
  }

  /// Which image the file shows.
  struct Owner: Hashable, Sendable {
    let uid: UID
    let position: Int
  }

  let path: RelativePath
  let role: Role
  let owner: Owner?
  /// The image's running number.
  let number: Int?
  /// The name before a mark made it unlike another's.
  let wished: String?
  let isLink: Bool
  let size: Int64
  /// Nanoseconds since 1970.
  let modified: Int64
  /// SHA-256 in hexadecimal digits: of its bytes, or of those that were inserted.
  let digest: String
  /// Set where it is the digest of what was inserted.
  var splice: InsertedRanges?
  /// What it was made from and how; another recipe means that the file is out of date.
  let recipe: String

  /// Whether the file that is there is still the one that was written.
  func matches(_ fact: FileFact) -> Bool {
    fact == .file(isLink: isLink, size: size, modified: modified)
  }
}

/// What stands under a name.
enum FileFact: Hashable, Sendable {
  case absent
  /// - modified: nanoseconds since 1970, of the link itself where it is one.
  case file(isLink: Bool, size: Int64, modified: Int64)
  /// A folder, a device, a socket.
  case other
}
