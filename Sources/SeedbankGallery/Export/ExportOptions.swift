public import FilePaths
public import SeedbankModel

/// What an export is to make, and where.
public struct ExportOptions: Sendable {
  /// Where it goes.
  public enum Destination: Hashable, Sendable {
    case folder(FilePath)
    /// A ZIP archive of what the folder would hold.
    case archive(FilePath)
  }

  /// Where the export goes.
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
  /// Removes what earlier exports wrote into the folder and this one does not want.
  public var prune = false
  /// Plans, and writes nothing.
  public var dryRun = false
  /// How many images are worked on at a time.
  public var workers = 2
  /// What stays in the library: it is in no file, page or manifest of the export.
  public var without: Set<WithheldField> = []
  /// Replaces a page or a contact sheet that an export did not write.
  public var replacesForeignPages = false
  /// What the page and the sheets are called.
  public var title: String
  /// The program and its version, for the metadata: `Seedbank 1.0`.
  public var software: String
  /// Seconds that the person's clocks are ahead of UTC at an instant: what dates in names go by.
  public var offset: @Sendable (Timestamp) -> Int = { _ in 0 }

  /// Makes options with the defaults of the command line.
  public init(to destination: Destination, title: String, software: String) {
    self.destination = destination
    self.title = title
    self.software = software
  }

  /// How bytes come into the folder once it is clear what is put into them: a link can't carry
  /// metadata of its own, and a rewritten file shares no blocks, so embedding makes copies.
  var effectiveLink: LinkMode { copiesToEmbed ? .copy : link }

  /// Whether links were asked for and copies are made.
  var copiesToEmbed: Bool { link != .copy && metadata.rewritesFile }
}

/// What exported files tell of how they came to be.
public enum MetadataMode: String, CaseIterable, Sendable {
  /// In the file itself; beside it where the file is signed (C2PA).
  case embed
  /// In an `.xmp` file beside it.
  case sidecar
  /// Files as the library has them.
  case none
  /// Nothing at all, not even what the gateway put in; checked after writing.
  case strip

  var rewritesFile: Bool { self == .embed || self == .strip }
}
