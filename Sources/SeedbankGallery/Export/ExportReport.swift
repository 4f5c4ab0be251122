public import FilePaths

/// What an export did, or would do.
public struct ExportReport: Hashable, Sendable {
  /// Images that are new in the folder.
  public var written = 0
  /// Images that were out of date.
  public var updated = 0
  /// Images that were there as they should be.
  public var kept = 0
  /// Files that stand where one of the export's should, and stay.
  public var refused: [RefusedFile] = []
  /// Images whose file is not in the library, by reference.
  public var missing: [String] = []
  /// Images of which no thumbnail or metadata could be made, by reference; they are exported as they
  /// are.
  public var unreadable: [String] = []
  /// Images that are signed, whose metadata stands beside them.
  public var signed = 0
  /// Images of formats that metadata is not written into, whose metadata stands beside them.
  public var unwritable = 0
  /// Generations that have no image (yet).
  public var withoutImages = 0
  /// Files of earlier exports that were removed.
  public var pruned = 0
  /// Files of earlier exports that this one does not want; `prune` removes them.
  public var leftovers = 0
  /// Bytes written, links not counted.
  public var bytes: Int64 = 0
  /// Whether links were asked for and copies made, since metadata goes into the files.
  public var copiedToEmbed = false
  /// The folder or the archive.
  public var location = FilePath("")
  /// The page, where one was made that can be opened: not within an archive.
  public var page: FilePath?
  /// Contact sheets, in order.
  public var sheets: [FilePath] = []

  /// Characters in captions of contact sheets that no installed font has, in order of code points.
  public var charactersWithoutFont: [Unicode.Scalar] = []

  /// Makes an empty report.
  public init() {}

  /// How many images the export holds now.
  public var images: Int { written + updated + kept }
}

/// A file that was in the way.
public struct RefusedFile: Hashable, Sendable {
  /// The path within the export's folder.
  public let path: String
  /// Why the file was left as it is.
  public let reason: ExportDecision.Refusal
}

/// What an export tells while it runs.
public enum ExportEvent: Hashable, Sendable {
  /// What is done, or would be, about one file; `path` is relative to the export.
  case decided(ExportDecision, path: String, reference: String)
  /// A file of an earlier export goes, or would.
  case pruned(path: String)
  /// So many of all generations are done.
  case advanced(done: Int, of: Int)
}
