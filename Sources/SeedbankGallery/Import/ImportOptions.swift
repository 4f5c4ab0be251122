public import FilePaths
public import SeedbankImaging
public import SeedbankModel
public import SeedbankStorage

/// What to import and how.
public struct ImportOptions: Sendable {
  /// Files and folders, absolute.
  public var paths: [FilePath]
  /// Added to everything that is imported.
  public var tags: [TagName]
  /// Nil copies.
  public var link: ImageBatch.Link?
  /// Who imports, for the history of what changes in images that the library already has.
  public var actor = ""
  /// Whether tags, ratings, notes and dates that people wrote into photo metadata are taken.
  public var readsPersonalMetadata = true
  /// How many seconds the clocks of dates without a time zone are ahead of UTC, at an instant in seconds
  /// since 1970.
  public var utcOffset: @Sendable (Int64) -> Int64 = { _ in 0 }
  /// Larger files and images are refused.
  public var limits: DecodeLimits = .standard
  /// Files and folders that are left out.
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
