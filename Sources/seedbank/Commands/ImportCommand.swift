import ArgumentParser
import Gallery
import Storage

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in images that are on this machine, with what their metadata says.",
    discussion: """
      Folders are searched to their end. What A1111, Forge, ComfyUI, InvokeAI, SwarmUI, NovelAI, \
      Fooocus, Draw Things or a caption wrote is read and kept word for word; a folder that \
      Seedbank exported brings its records back whole. Images that are here already are recognised \
      by their bytes, so an import that was stopped is simply started again. With --link the originals \
      stay the only copy: as a second name for the same file (hard), or as a reference to where it lies \
      (symlink), on another disk too.

      With --reread, reads the metadata of imported images in the library again, after a new version of \
      seedbank understands more. Shows what differs, asks, and records it as one edit that `undo` \
      reverts. Does not change what was requested from a service. Tags, ratings and notes that people \
      edited stay.

      EXAMPLES
        seedbank import ~/stable-diffusion/outputs --tag from/a1111
        seedbank import gallery/ --dry-run
        seedbank import ~/pictures --link hard
        seedbank import --reread tool:comfyui -has:prompt --dry-run
      """)

  enum Link: String, ExpressibleByArgument, CaseIterable, Sendable {
    case copy, hard, reflink, symlink
  }

  @Argument(help: "Images, and folders of them; with --reread, a QUERY.", completion: .file())
  var paths: [String] = []
  @Flag(
    help: "Read the metadata of images in the library again (default: all that were imported).")
  var reread = false
  @Option(
    name: .long, help: ArgumentHelp("A tag for all that comes in.", valueName: "tag"),
    completion: .tags)
  var tag: [String] = []
  @Option(help: "How files come in: a copy, a second name, shared blocks, or a reference.")
  var link: Link = .copy
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if reread, !tag.isEmpty || link != .copy {
      throw ValidationError("--reread cannot be combined with --tag or --link")
    }
    if !reread, paths.isEmpty { throw ValidationError("Name the files or folders to import.") }
    for tag in tag where TagName(tag) == nil {
      throw ValidationError("'\(tag)' is no name for a tag")
    }
  }

  func run() async throws {
    let session = Session(global)
    if reread {
      return try await MetadataRereading(
        session: session, confirm: confirm, change: change, format: report.format
      ).run(paths)
    }
    let target: Importer.Target =
      change.dryRun
      ? .rehearsal(try session.presentLibrary())
      : .library(try session.openLibrary(for: .creating))
    let line = ProgressLine(session.talk)
    let stop = session.stopRequest()
    let options = ImportOptions(
      paths: paths.map(Path.absolute), tags: tag.compactMap { TagName($0) },
      link: ImageBatch.Link(rawValue: link.rawValue))
    var random = SystemRandomNumberGenerator()
    let start = Clock.monotonic()
    let result = try await Importer(into: target, options: options) { stop.isRequested }
      .run(at: session.now, using: &random) { done, total in
        line.show(
          Progress(
            label: "importing", done: done, total: total, elapsed: Clock.monotonic() - start))
      }
    line.clear()
    try ImportedReport(result, isDryRun: change.dryRun).print(session, report.format)
  }
}
