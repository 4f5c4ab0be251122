import ArgumentParser
import SeedbankGallery
import SeedbankQuery
import SeedbankStorage

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export images with metadata and a web gallery.",
    discussion: """
      Writes the images, an index.html that works without a server, manifest.jsonl and \
      manifest.csv. A later export to the same folder adds new images and updates changed ones. \
      Files that Seedbank did not write are never changed. Images that are on a remote only are \
      downloaded to the library first.

      EXAMPLES
        seedbank export tag:coast --to ~/gallery
        seedbank export rating:4.. --to best --name '{created:%Y-%m}/{prompt:40}-{seed}'
        seedbank export tag:client/acme --to acme --zip --contact-sheet
        seedbank export is:favorite --to wall --link hard --no-gallery
      """)

  @Argument(help: .selection, completion: .query)
  var query: [String]
  @Option(help: "Order of images in the gallery and of numbers in names.")
  var sort: SortOrder = .newest
  @Flag(inversion: .prefixedNo, help: "Download images that are on a remote only, or skip them.")
  var fetch = true
  @OptionGroup var files: ExportFileOptions
  @OptionGroup var sheet: ContactSheetArguments
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try files.validateTogether()
    try sheet.validateTogether()
  }

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let chosen = Query.ids(try session.selected(query, in: library))
    let ids = try library.ids(
      SearchRequest(chosen, order: sort.order, limit: 0, at: session.local))
    if fetch { try await session.fetchRemoteImages(of: ids, in: library, isDryRun: change.dryRun) }
    let options = try files.exportOptions(
      sheet: sheet.options, isDryRun: change.dryRun, fetches: fetch)
    let reporter = ExportReporter(session, change, report)
    defer { reporter.clear() }
    let stop = session.stopRequest(waitingFor: .files)
    let work = Task {
      try await GalleryExport.run(ids, of: library, options: options) { reporter.tell($0) }
    }
    stop.whenRequested { work.cancel() }
    let export: ExportReport
    do {
      export = try await work.value
    } catch  where stop.isRequested {
      throw Failure(
        .tryAgain, "export stopped", hint: "run the same command again to continue")
    }
    reporter.finish(export)
    try BatchOutcome.end(with: reporter.status(export))
  }
}
