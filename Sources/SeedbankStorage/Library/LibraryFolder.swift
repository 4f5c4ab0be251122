public import FilePaths
public import SeedbankModel

/// The layout of a library on disk; every path in the catalog is relative to it.
public struct LibraryFolder: Hashable, Sendable {
  /// The absolute path, without a trailing slash.
  public let path: FilePath

  /// Names the folder of a library; opens nothing.
  public init(path: FilePath) { self.path = path.withoutTrailingSlashes }

  /// Names the folder of a library; opens nothing.
  public init(path: String) { self.init(path: FilePath(path)) }

  /// The path of the catalog.
  public var catalog: FilePath { path + "/catalog.sqlite" }
  /// The folder of the image files.
  public var images: FilePath { path + "/images" }
  /// The folder of thumbnails, which are derived and may be removed at any time.
  public var thumbnails: FilePath { path + "/thumbnails" }
  /// The folder of downloads that are not complete.
  public var incoming: FilePath { path + "/incoming" }
  /// An empty file in which a process locks a range of bytes for each generation that it works on.
  public var claims: FilePath { path + "/claims.lock" }

  /// The folder of the files that distinguish this library from a copy.
  var owner: FilePath { path + "/owner" }
  /// A file that only folders have which `backup` made.
  var backupMark: FilePath { path + "/BACKUP" }
  var isBackup: Bool { FileSystem.exists(backupMark) }

  /// Returns the absolute path of an image's file.
  public func absolutePath(of image: CataloguedImage) -> FilePath {
    path + "/" + image.relativePath
  }

  /// `images/ab/abcdef….jpg`.
  package static func relativePath(of digest: Digest, format: String) -> String {
    let hex = digest.hex
    return "images/\(hex.prefix(2))/\(hex).\(fileExtension(of: format))"
  }

  /// Returns the usual extension of a format: `jpg` for `jpeg`, else its own name.
  package static func fileExtension(of format: String) -> String {
    ImageKind(rawValue: format)?.fileExtension ?? "bin"
  }
}
