import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// The files that an export wrote beside the images of a folder: thumbnails, contact sheets, reference images.
///
/// The record of the export names them. An unpacked archive has no record, but a manifest, which names the reference
/// images. Thumbnails are recognized by the form of their paths, because a large export has millions of them.
struct ExportedFiles: Sendable {
  /// What tells which files with such names belong to the export.
  private enum Source: Sendable {
    case record
    /// A manifest does not name contact sheets, so they are recognized by their names.
    case manifest
    /// The record cannot be read, so all files with such names are treated as written by the export.
    case names
  }

  private let source: Source
  /// The contact sheets and reference images that the source names, and thumbnails with paths of another form.
  private let written: Set<FilePath>
  /// Images whose paths have the form of other files.
  private let images: Set<FilePath>

  private init(_ source: Source, written: Set<FilePath> = [], images: Set<FilePath> = []) {
    self.source = source
    self.written = written
    self.images = images
  }

  /// Reads the record or the manifest of a folder; nil if no export wrote the folder.
  init?(in folder: FilePath) {
    if let files = ExportedFiles(record: folder.appending(ExportLayout.record)) {
      self = files
    } else if let files = ExportedFiles(manifest: folder.appending(ExportLayout.manifestLines)) {
      self = files
    } else {
      return nil
    }
  }

  /// What a file is for; nil if the export did not write it beside its images.
  ///
  /// - Parameter file: its path in the folder.
  func role(of file: FilePath) -> ExportEntry.Role? {
    guard let role = Self.role(named: file.bytes), !images.contains(file) else { return nil }
    let isWritten =
      switch (role, source) {
      case (_, .names), (.sheet, .manifest): true
      case (.thumbnail, _): ExportLayout.isThumbnail(file.bytes) || written.contains(file)
      default: written.contains(file)
      }
    return isWritten ? role : nil
  }

  /// The folders of exports that could have written a file, each with the path of the file in it.
  static func places(of path: FilePath) -> [(folder: FilePath, file: FilePath)] {
    var places: [(folder: FilePath, file: FilePath)] = []
    let folder = path.folder
    if ExportLayout.isContactSheet(path.name.bytes) { places.append((folder, path.name)) }
    if folder.name == FilePath(ExportLayout.references) {
      places.append((folder.folder, folder.name.appending(path.name)))
    }
    let above = folder.folder
    if above.name == FilePath(ExportLayout.thumbnails) {
      let file = above.name.appending(folder.name).appending(path.name)
      places.append((above.folder, file))
    }
    return places
  }

  /// What a file in the folder of an export is for, by its path; nil for the paths of images.
  private static func role(named path: some Collection<UInt8>) -> ExportEntry.Role? {
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return ExportLayout.isContactSheet(parts[0]) ? .sheet : nil
    case 2: return parts[0].elementsEqual(ExportLayout.references.utf8) ? .reference : nil
    case 3: return parts[0].elementsEqual(ExportLayout.thumbnails.utf8) ? .thumbnail : nil
    default: return nil
    }
  }

  /// Reads a record; nil if it does not exist or is empty.
  private init?(record path: FilePath) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > 0 else { return nil }
    guard let lines = FileLines(path), let first = lines.next(),
      case .header(let version)? = RecordLine(json: first.line), version <= RecordLine.version
    else {
      self.init(.names)
      return
    }
    var written: Set<FilePath> = []
    var images: Set<FilePath> = []
    while let (_, line) = lines.next() {
      if Self.isNeedless(line, hasImages: !images.isEmpty) { continue }
      switch RecordLine(json: line) {
      case .entry(let entry):
        let file = FilePath(entry.path.description)
        let isThumbnail = ExportLayout.isThumbnail(file.bytes)
        switch entry.role {
        case .thumbnail, .sheet, .reference:
          images.remove(file)
          if !isThumbnail { written.insert(file) }
        // A later export can give the name to an image.
        case .image, .sidecar, .page, .manifest:
          written.remove(file)
          if isThumbnail { images.insert(file) }
        }
      case .removed(let removed):
        let file = FilePath(removed.description)
        written.remove(file)
        images.remove(file)
      case .header, nil: break
      }
    }
    if lines.isIncomplete {
      self.init(.names)
    } else {
      self.init(.record, written: written, images: images)
    }
  }

  /// How the lines of files begin, as `RecordLine` writes them.
  private static let beginnings = ["{\"path\":\"", "{\"removed\":\""]
  private static let isOfThumbnail = "\",\"role\":\"thumbnail\""

  /// Whether a line of a record need not be decoded: it is of an image with a usual name, or of a thumbnail.
  ///
  /// - Parameter hasImages: whether an earlier line gave the path of a thumbnail to an image.
  private static func isNeedless(_ line: UnsafeBufferPointer<UInt8>, hasImages: Bool) -> Bool {
    for start in beginnings where line.starts(with: start.utf8) {
      let text = line.dropFirst(start.utf8.count)
      let path = text.prefix { $0 != UInt8(ascii: "\"") }
      if role(named: path) == nil { return true }
      return !hasImages && ExportLayout.isThumbnail(path)
        && text.dropFirst(path.count).starts(with: isOfThumbnail.utf8)
    }
    return false
  }

  /// Reads a manifest; nil if it does not exist, or if another program wrote it.
  private init?(manifest path: FilePath) {
    guard let lines = FileLines(path, largest: FileLines.largestManifest) else { return nil }
    var written: Set<FilePath> = []
    var images: Set<FilePath> = []
    var isExport = false
    while let (_, line) = lines.next() {
      guard let record = try? GenerationRecord(json: line), record.uid != nil else { continue }
      if !record.images.isEmpty || !record.references.isEmpty { isExport = true }
      for image in record.images {
        // An older Seedbank gave such names to images.
        let file = FilePath(image.path ?? "")
        if Self.role(named: file.bytes) != nil { images.insert(file) }
      }
      for reference in record.references {
        written.insert(FilePath(ExportLayout.reference(reference).description))
      }
    }
    guard isExport else { return nil }
    self.init(.manifest, written: written, images: images)
  }
}
