import SeedbankModel

/// A file that an export wrote, as recorded, so that a later run recognizes it.
struct ExportEntry: Hashable, Sendable {
  /// What the file is for.
  enum Role: String, Codable, Sendable {
    case image, sidecar, thumbnail, reference, page, sheet, manifest
  }

  /// Which image the file shows.
  struct Owner: Hashable, Sendable {
    let uid: UID
    let position: Int
  }

  let path: RelativePath
  let role: Role
  let owner: Owner?
  /// The sequence number of the image.
  let number: Int?
  /// The name before a mark made it unique.
  let requestedName: String?
  let isLink: Bool
  let size: Int64
  /// Nanoseconds since 1970.
  let modified: Int64
  /// SHA-256 in hexadecimal digits: of its bytes, or of the inserted bytes.
  let digest: String
  /// Set if it is the digest of the inserted bytes.
  var splice: InsertedRanges?
  /// Its source and the method.
  ///
  /// With another recipe, the file is out of date.
  let recipe: String

  /// Whether an export wrote metadata into the file.
  ///
  /// An image that cannot contain any is an unchanged copy: its digest is that of its source, which
  /// the recipe names after the method.
  var hasEmbeddedMetadata: Bool {
    let parts = recipe.split(separator: " ")
    return parts.count > 1 && parts[0].hasPrefix("embed")
      && (splice != nil || parts[1] != digest.prefix(32))
  }

  /// Whether the current file is the one that was written.
  func matches(_ fact: FileFact) -> Bool {
    fact == .file(isLink: isLink, size: size, modified: modified)
  }
}

/// What stands under a name.
enum FileFact: Hashable, Sendable {
  case absent
  /// - modified: nanoseconds since 1970; for a link, of the link itself.
  case file(isLink: Bool, size: Int64, modified: Int64)
  /// A folder, a device, a socket.
  case other
}
