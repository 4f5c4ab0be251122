/// The files that earlier runs wrote into a folder.
struct ExportRecord: Sendable {
  private(set) var entries: [RelativePath: ExportEntry] = [:]
  /// The line before the newest one of a path.
  ///
  /// It describes the file if a run was stopped before the new file got its name.
  private var overtaken: [RelativePath: ExportEntry] = [:]
  /// The path of each image.
  private(set) var images: [ExportEntry.Owner: RelativePath] = [:]
  /// The highest sequence number so far.
  private(set) var lastNumber = 0
  /// The number of lines that a later line replaced.
  private(set) var staleLines = 0

  init() {}

  /// Reads the lines of a record.
  ///
  /// Incomplete ones, for example after a power failure, are ignored.
  ///
  /// - Returns: nil if a newer Seedbank wrote them.
  init?(lines: some Collection<UInt8>) {
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      switch RecordLine(json: line) {
      case .header(let version) where version > RecordLine.version: return nil
      case .header: break
      case .entry(let entry): note(entry)
      case .removed(let path): forget(path)
      case nil: staleLines += 1
      }
    }
  }

  mutating func note(_ entry: ExportEntry) {
    if let before = entries.updateValue(entry, forKey: entry.path) {
      staleLines += 1
      overtaken[entry.path] = before
      if before.role == .image, let owner = before.owner, images[owner] == before.path {
        images[owner] = nil
      }
    }
    if entry.role == .image, let owner = entry.owner { images[owner] = entry.path }
    lastNumber = max(lastNumber, entry.number ?? 0)
  }

  /// The record of the file with this name, in the version that exists.
  func entry(_ path: RelativePath, as found: FileFact) -> ExportEntry? {
    guard let entry = entries[path] else { return nil }
    if !entry.matches(found), let before = overtaken[path], before.matches(found) { return before }
    return entry
  }

  /// Sidecars of an earlier export whose images now contain the metadata.
  var needlessSidecars: [ExportEntry] {
    entries.values.filter { sidecar in
      guard sidecar.role == .sidecar, let owner = sidecar.owner, let path = images[owner],
        sidecar.path == ExportLayout.sidecar(of: path)
      else { return false }
      return entries[path]?.hasEmbeddedMetadata == true
    }.sorted { $0.path.description < $1.path.description }
  }

  mutating func forget(_ path: RelativePath) {
    overtaken[path] = nil
    guard let entry = entries.removeValue(forKey: path) else { return }
    staleLines += 2
    if let owner = entry.owner, images[owner] == path { images[owner] = nil }
  }
}
