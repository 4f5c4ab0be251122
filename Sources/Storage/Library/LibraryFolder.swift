/// The layout of a library on disk; every path in the catalog is relative to it.
public struct LibraryFolder: Hashable, Sendable {
  /// Absolute, without a trailing slash.
  public let path: String

  public init(path: String) {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    self.path = String(trimmed)
  }

  public var catalog: String { path + "/catalog.sqlite" }
  public var images: String { path + "/images" }
  /// Derived; may be dropped at any time.
  public var thumbnails: String { path + "/thumbnails" }
  /// Downloads under way.
  public var incoming: String { path + "/incoming" }
  /// An empty file whose byte ranges are locked by whoever works on a generation.
  public var claims: String { path + "/claims.lock" }

  /// The folder of the files that tell this library from a copy of it.
  var owner: String { path + "/owner" }
  /// A file that only folders have which `backup` made.
  var backupMark: String { path + "/BACKUP" }
  var isBackup: Bool { FileSystem.exists(backupMark) }

  public func absolutePath(of image: CataloguedImage) -> String { path + "/" + image.relativePath }

  /// `images/ab/abcdef….jpg`
  static func relativePath(of digest: Digest, format: String) -> String {
    let hex = digest.hex
    return "images/\(hex.prefix(2))/\(hex).\(fileExtension(of: format))"
  }

  /// Returns the usual extension of a format: `jpg` for `jpeg`, else its own name.
  public static func fileExtension(of format: String) -> String {
    ImageKind(rawValue: format)?.fileExtension ?? "bin"
  }
}
