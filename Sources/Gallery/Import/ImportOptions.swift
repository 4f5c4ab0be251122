public import FilePaths
public import Imaging
public import Storage

/// What to import and how.
public struct ImportOptions: Sendable {
  /// Files and folders, absolute.
  public var paths: [FilePath]
  /// Added to everything that is imported.
  public var tags: [TagName]
  /// Nil copies.
  public var link: ImageBatch.Link?
  /// Larger files and pictures are refused.
  public var limits: DecodeLimits = .standard
  /// Files and folders that are left out.
  public var excluding: [Glob] = []
  /// Whether thumbnails and caches of other programs are imported too.
  public var includesThumbnails = false

  public init(
    paths: [FilePath], tags: [TagName] = [], link: ImageBatch.Link? = nil
  ) {
    self.paths = paths
    self.tags = tags
    self.link = link
  }
}
