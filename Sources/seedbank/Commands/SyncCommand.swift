import ArgumentParser
import SeedbankModel
import SeedbankStorage
import SeedbankSync

struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Send queued requests, check running jobs and download finished images.",
    discussion: """
      You can stop it and run it again at any time, also several times in parallel. Nothing is \
      paid for twice.

      A generation whose outcome is unknown was sent, but no usable reply arrived. It may have \
      been charged, so only --retry-unknown sends it again. A lost generation was made, but its \
      images could not be downloaded. --retry-lost downloads them again, and also images that are \
      missing from a group. This charges nothing.

      EXAMPLES
        seedbank sync
        seedbank sync --watch
        seedbank sync 1234,1240..1250 --retry-unknown
        seedbank sync 1234 --retry-lost
      """)

  fileprivate static let formats: [OutputFormat] = [.table, .json, .jsonl]

  @Argument(help: .references, completion: .generations)
  var references: [String] = []
  @Flag(help: "Keep running, and send new requests as they are added.")
  var watch = false
  @Flag(help: "Send requests with an unknown outcome again. They may be charged twice.")
  var retryUnknown = false
  @Flag(help: "Download lost and missing images again.")
  var retryLost = false
  @Option(
    help: ArgumentHelp("Work only on the requests of this provider.", valueName: "name"))
  var provider: String?
  @OptionGroup var gateway: GatewayOptions
  @Option(
    name: [.customLong("format"), .customShort("f")],
    help: ArgumentHelp(
      "Output format: table, json, or jsonl for one event on each line (default: table).",
      valueName: "format"),
    completion: .list(SyncCommand.formats.map(\.rawValue)),
    transform: OutputFormat.reading(SyncCommand.formats))
  var chosenFormat: OutputFormat?
  @Flag(help: "Short for --format json.")
  var json = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let conflict = OutputFormat.conflict(chosenFormat, json: json) {
      throw ValidationError(conflict)
    }
    if watch, !references.isEmpty || change.dryRun || provider != nil {
      throw ValidationError(
        "--watch cannot be combined with generations, --provider or --dry-run")
    }
    if provider != nil, !references.isEmpty {
      throw ValidationError("--provider cannot be combined with generations")
    }
  }

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let work = try GatewayWork(session, gateway, provider: provider)
    let ids = try selection(session, library)
    let standing = try ids.map { try library.statusCounts(of: $0) } ?? library.incompleteCounts()
    if change.dryRun {
      let forecast = try SyncForecast(standing, retry, of: ids, in: library)
      return session.output.write(format == .table ? forecast.text : forecast.json)
    }
    work.listenForStop()
    let reporter = SyncReporter(
      session, label: "sync", total: SyncForecast.unfinished(standing),
      printsEvents: format == .jsonl, isWatch: watch)
    let scope = ids.map { SyncEngine.Scope.only($0) } ?? .all
    let report =
      watch
      ? try await work.watch(library, reporter, retry: retry)
      : try await work.run(library, scope, reporter, retry: retry)
    if let held = report.counts[.held] { session.talk.note(OwnershipText.heldSentence(held)) }
    switch format {
    case .table: session.output.write(SyncSummary.text(report, session))
    case .json: session.output.write(SyncSummary.json(report))
    default: break
    }
    let left = try RemainingWork(library, ids, besides: report)
    left.tell(session)
    try BatchOutcome.end(with: max(report.status, left.status))
  }

  /// The generations to continue; nil for all unfinished ones.
  private func selection(_ session: Session, _ library: Library) throws -> [GenerationID]? {
    if let provider {
      return try library.work(
        of: provider, withUnknown: retryUnknown, withLostImages: retryLost)
    }
    return references.isEmpty ? nil : try named(session, library)
  }

  /// The generations of the arguments, each once, in the order named.
  private func named(_ session: Session, _ library: Library) throws -> [GenerationID] {
    var seen: Set<GenerationID> = []
    return try references.flatMap { text -> [GenerationID] in
      switch session.selection([text], number: .reference) {
      case .references(let terms): try session.ids(terms, in: library)
      // A file whose name looks like a word, or an error that names this argument.
      case .query: [try session.resolve(text, in: library).generation]
      }
    }
    .filter { seen.insert($0).inserted }
  }

  private var format: OutputFormat { OutputFormat.chosen(chosenFormat, json: json) }

  private var retry: RetryChoice { RetryChoice(unknown: retryUnknown, lost: retryLost) }
}
