import ArgumentParser
import SeedbankGallery
import SeedbankModel
import SeedbankStorage

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import images from this computer with their metadata.",
    discussion: """
      Folders are searched with all subfolders. The metadata of A1111, Forge, ComfyUI, InvokeAI, \
      SwarmUI, NovelAI, Fooocus, Draw Things, Midjourney and other tools is read and kept \
      unchanged, also from files beside an image (NAME.txt, NAME.json, NAME.xmp). Keywords, \
      ratings, captions and dates of photo programs become tags, ratings, notes and times. A \
      folder that Seedbank exported restores its records. Images already in the library are \
      recognized by their content, so an interrupted import can be repeated.

      Thumbnails and caches of other programs, hidden files and the library itself are skipped and \
      counted; --verbose lists them. A file or folder that you name is always imported, or the \
      reason is shown.

      With --link hard, the library contains a hard link to the file. With --link symlink, it \
      contains only a symbolic link to the original, which can be on another disk.

      With --reread, the metadata of imported images in the library is read again, for example \
      after an update of Seedbank. Shows the differences, asks, and records them as one edit that \
      `seedbank undo` reverts. Requests to a gateway, and tags, ratings and notes that people \
      edited, are not changed.

      EXAMPLES
        seedbank import ~/stable-diffusion/outputs --tag from/a1111
        seedbank import gallery/ --dry-run
        seedbank import ~/pictures --link hard
        seedbank import --reread tool:comfyui -has:prompt --dry-run
        seedbank import ~/stable-diffusion/outputs --watch
        seedbank import ~/pictures --exclude '*.tmp.png' --exclude 'drafts/**'
      """)

  enum Link: String, ExpressibleByArgument, CaseIterable, Sendable {
    case copy, hard, reflink, symlink
  }

  @Argument(help: "Image files and folders; with --reread, a query.", completion: .file())
  var paths: [String] = []
  @Flag(
    help: "Read the metadata of images in the library again (default: all imported images).")
  var reread = false
  @Option(
    name: .long,
    help: ArgumentHelp("Add this tag to all imported images; can be repeated.", valueName: "tag"),
    completion: .tags)
  var tag: [String] = []
  @Option(
    help:
      "How files are stored: as a copy, a hard link, shared disk blocks (reflink) or a symbolic link."
  )
  var link: Link = .copy
  @Flag(
    name: .customLong("no-tags"),
    help: "Ignore tags, ratings, notes and dates of photo programs.")
  var skipsPersonalMetadata = false
  @Flag(help: "Keep running and import new images as they appear in the folder.")
  var watch = false
  @OptionGroup var files: ImportArguments
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if reread, !tag.isEmpty || link != .copy || watch {
      throw ValidationError("--reread cannot be combined with --tag, --link or --watch")
    }
    if watch, change.dryRun { throw ValidationError("--watch and --dry-run cannot be combined") }
    if watch, paths.count != 1 { throw ValidationError("--watch takes one folder") }
    if !reread, paths.isEmpty { throw ValidationError("Name the files or folders to import.") }
    for tag in tag { _ = try NamedValue.tag(tag) }
  }

  func run() async throws {
    HeapSettings.keepForImages()
    let session = Session(global)
    if reread {
      return try await MetadataRereading(
        session: session, confirm: confirm, change: change, format: report.format
      ).run(paths)
    }
    var options = ImportOptions(
      paths: try paths.map { try Path.absolute($0, of: "a file or folder") },
      tags: tag.compactMap { TagName($0) },
      link: ImageBatch.Link(rawValue: link.rawValue))
    options.actor = session.actor
    options.readsPersonalMetadata = !skipsPersonalMetadata
    options.utcOffset = Clock.utcOffset(seconds:)
    files.apply(to: &options)
    if watch {
      return try await WatchRun(session: session, options: options, format: report.format).run()
    }
    let target: Importer.Target =
      change.dryRun
      ? .rehearsal(try session.libraryToRehearse())
      : .library(try session.openLibrary(for: .creating))
    let line = ProgressLine(session.talk)
    defer { line.clear() }
    let stop = session.stopRequest(waitingFor: .files)
    var random = SystemRandomNumberGenerator()
    let start = Clock.monotonic()
    let result = try await Importer(into: target, options: options) { stop.isRequested }
      .run(at: session.now, using: &random) { done, total in
        line.show(
          Progress(
            label: "importing", done: done, total: total, elapsed: Clock.monotonic() - start))
      }
    line.clear()
    try ImportedReport(result, isDryRun: change.dryRun, isVerbose: files.verbose)
      .print(session, report.format)
  }
}
