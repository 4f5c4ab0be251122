public import FilePaths
public import SeedbankModel

/// The options of an export.
public struct ExportOptions: Sendable {
  /// The destination.
  public enum Destination: Hashable, Sendable {
    case folder(FilePath)
    /// A ZIP archive with the same content.
    case archive(FilePath)
  }

  /// The destination of the export.
  public var destination: Destination
  /// How files are named.
  public var template: NameTemplate = .standard
  /// The field by which files go into subfolders, or nil for none.
  public var grouping: Grouping?
  /// Whether files are copied or linked.
  public var link: LinkMode = .copy
  /// Where metadata is written.
  public var metadata: MetadataMode = .embed
  /// `index.html` and its thumbnails.
  public var gallery = true
  /// `manifest.jsonl` and `manifest.csv`.
  public var manifests = true
  /// Options of the contact sheets, or nil for none.
  public var contactSheet: ContactSheetOptions?
  /// Whether files of earlier exports that are no longer needed are removed.
  public var prune = false
  /// Whether the export is only planned, and nothing is written.
  public var dryRun = false
  /// Whether the caller downloads images that are on a remote only before the export.
  ///
  /// A dry run then counts them as present.
  public var fetchesRemoteImages = false
  /// The number of images that are processed at the same time.
  public var workers = 2
  /// The fields that are in no file, page or manifest of the export.
  public var without: Set<WithheldField> = []
  /// Whether a page or a contact sheet that was not written by an export is replaced.
  public var replacesForeignPages = false
  /// The title of the page and the sheets.
  public var title: String
  /// The program and its version, for the metadata: `Seedbank 1.0`.
  public var software: String
  /// The offset from UTC, in seconds, at an instant.
  ///
  /// Dates in names use it.
  public var offset: @Sendable (Timestamp) -> Int = { _ in 0 }

  /// Makes options with the defaults of the command line.
  public init(to destination: Destination, title: String, software: String) {
    self.destination = destination
    self.title = title
    self.software = software
  }

  /// How files are created in the folder.
  ///
  /// A link cannot contain other metadata, and a rewritten file shares no blocks, so embedding
  /// creates copies.
  var effectiveLink: LinkMode { copiesToEmbed ? .copy : link }

  /// Whether links were requested, but copies are created.
  var copiesToEmbed: Bool { link != .copy && metadata.rewritesFile }
}

/// Where an export writes metadata.
public enum MetadataMode: String, CaseIterable, Sendable {
  /// In the file itself; in a sidecar if the file is signed (C2PA).
  case embed
  /// In an `.xmp` file beside it.
  case sidecar
  /// Unchanged files.
  case none
  /// All metadata is removed, also that of the gateway. This is checked after writing.
  case strip

  var rewritesFile: Bool { self == .embed || self == .strip }
}
