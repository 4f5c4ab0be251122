import ArgumentParser
import Storage
import Sync

struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Carry everything unfinished as far as it goes.",
    discussion: """
      Sends what is queued, asks after what is pending, fetches what is offered. It may be stopped and
      run again at any time, and several may run at once. A generation of unknown outcome is only sent
      again with --retry-unknown, since it may be paid for twice.

      EXAMPLES
        seedbank sync
        seedbank sync --watch
        seedbank sync 1234 --retry-unknown
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, jsonl
  }

  @Argument(help: .reference, completion: .generations)
  var references: [String] = []
  @Flag(help: "Go on until stopped, and take up what is added meanwhile.")
  var watch = false
  @Flag(help: "Send again what has no known outcome, with the same seed.")
  var retryUnknown = false
  @OptionGroup var gateway: GatewayOptions
  @Option(help: "How to print: table, json, or jsonl for an event a line.")
  var format: Format = .table
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if watch, !references.isEmpty || change.dryRun {
      throw ValidationError("--watch goes with neither generations nor --dry-run")
    }
  }

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let ids = try references.map { try session.resolve($0, in: library).generation }
    let standing =
      try ids.isEmpty ? library.incompleteCounts() : library.statusCounts(of: ids)
    if change.dryRun {
      return session.output.write(SyncForecast.text(standing, retryUnknown: retryUnknown))
    }
    let work = try GatewayWork(session, gateway)
    work.listenForStop()
    let reporter = SyncReporter(
      session, label: "sync", total: SyncForecast.unfinished(standing),
      printsEvents: format == .jsonl)
    let scope = ids.isEmpty ? SyncEngine.Scope.all : .only(ids)
    let report =
      watch
      ? try await work.watch(library, retryUnknown: retryUnknown, reporter)
      : try await work.run(library, scope, retryUnknown: retryUnknown, reporter)
    switch format {
    case .table: session.output.write(SyncSummary.text(report, session))
    case .json: session.output.write(SyncSummary.json(report))
    case .jsonl: break
    }
    try BatchOutcome.end(with: report.status)
  }
}
