public import FilePaths

/// What an export did, or would do.
public struct ExportReport: Hashable, Sendable {
  /// Images that are new in the folder.
  public var written = 0
  /// Images that were out of date.
  public var updated = 0
  /// Images that were up to date.
  public var kept = 0
  /// Files that have the name of an exported file, and are not replaced.
  public var refused: [RefusedFile] = []
  /// Images whose file is neither in the library nor on a remote, by reference.
  public var missing: [String] = []
  /// Images whose file is on a remote only, by reference.
  public var remote: [String] = []
  /// Images without a thumbnail or metadata, because they are damaged, by reference.
  ///
  /// They are exported unchanged.
  public var unreadable: [String] = []
  /// Signed images, whose metadata is in a sidecar.
  public var signed = 0
  /// Images of formats into which metadata is not written.
  ///
  /// Their metadata is in a sidecar.
  public var unwritable = 0
  /// Generations without an image.
  public var withoutImages = 0
  /// Files of earlier exports that were removed.
  public var pruned = 0
  /// Files of earlier exports that are no longer needed.
  ///
  /// `prune` removes them.
  public var leftovers = 0
  /// Bytes written, links not counted.
  public var bytes: Int64 = 0
  /// Whether links were requested, but copies were created, because metadata is written into the files.
  public var copiedToEmbed = false
  /// The folder or the archive.
  public var location = FilePath("")
  /// The page, if one was created outside an archive.
  public var page: FilePath?
  /// Contact sheets, in order.
  public var sheets: [FilePath] = []

  /// Characters in captions of contact sheets that no installed font has, in order of code points.
  public var charactersWithoutFont: [Unicode.Scalar] = []

  /// Makes an empty report.
  public init() {}

  /// The number of images in the export.
  public var images: Int { written + updated + kept }
}

/// A file that was not replaced.
public struct RefusedFile: Hashable, Sendable {
  /// The path within the export's folder.
  public let path: String
  /// Why the file was not replaced.
  public let reason: ExportDecision.Refusal
}

/// An event during an export.
public enum ExportEvent: Hashable, Sendable {
  /// The decision about one file. `path` is relative to the export.
  case decided(ExportDecision, path: String, reference: String)
  /// A file of an earlier export is removed, or would be.
  case pruned(path: String)
  /// The number of finished generations, and of all.
  case advanced(done: Int, of: Int)
}
