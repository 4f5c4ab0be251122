public import FilePaths
public import SeedbankImaging
public import SeedbankModel
public import SeedbankStorage

/// What to import and how.
public struct ImportOptions: Sendable {
  /// Files and folders, absolute.
  public var paths: [FilePath]
  /// Tags for all imported images.
  public var tags: [TagName]
  /// Nil: copy.
  public var link: ImageBatch.Link?
  /// The user, for the history of changes to images that are already in the library.
  public var actor = ""
  /// Whether tags, ratings, notes and dates of photo programs are imported.
  public var readsPersonalMetadata = true
  /// The offset from UTC, in seconds, of dates without a time zone, at an instant in seconds since 1970.
  public var utcOffset: @Sendable (Int64) -> Int64 = { _ in 0 }
  /// The limits for files and images.
  public var limits: DecodeLimits = .standard
  /// Patterns of files and folders that are skipped.
  public var excluding: [Glob] = []
  /// Whether thumbnails and caches of other programs are imported too.
  public var includesThumbnails = false

  /// Makes options; every default is that of the command line.
  public init(
    paths: [FilePath], tags: [TagName] = [], link: ImageBatch.Link? = nil
  ) {
    self.paths = paths
    self.tags = tags
    self.link = link
  }
}
