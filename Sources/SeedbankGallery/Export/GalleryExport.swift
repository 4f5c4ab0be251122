import FilePaths
public import SeedbankModel
public import SeedbankStorage

/// Exports a selection of a library to a folder or an archive.
public enum GalleryExport {
  /// Runs an export, or only reports what it would do.
  ///
  /// Running it again on the same folder adds new files, updates changed ones, and does not touch files
  /// that it did not write. After an interruption, the next run continues.
  ///
  /// - Parameters:
  ///   - selection: the generations, in the order of the export.
  ///   - onEvent: called for each event, from one task at a time.
  /// - Throws: `ExportError`, `LibraryError`, `CancellationError`.
  public static func run(
    _ selection: [GenerationID], of library: Library, options: ExportOptions,
    onEvent: @escaping @Sendable (ExportEvent) -> Void = { _ in }
  ) async throws -> ExportReport {
    try refuseInside(library.folder, options.destination)
    let source = SelectionReader(selection: selection, library: library, options: options)
    switch options.destination {
    case _ where options.dryRun:
      return try DryRun(source: source, options: options, onEvent: onEvent).report()
    case .folder(let path):
      return try await FolderRun.report(source, to: path, options: options, onEvent: onEvent)
    case .archive(let path):
      return try await ArchiveRun.report(source, to: path, options: options, onEvent: onEvent)
    }
  }

  /// An export into the library would mix exported files with those of the library.
  private static func refuseInside(
    _ library: LibraryFolder, _ destination: ExportOptions.Destination
  ) throws(ExportError) {
    let path =
      switch destination {
      case .folder(let path), .archive(let path): path
      }
    guard let home = realpath(library.path) else { return }
    let target = CanonicalPath.resolveNearest(path)
    if target.isInside(home) { throw .insideLibrary(path: path) }
  }
}
