import ArgumentParser
import SeedbankModel
import SeedbankRemote
import SeedbankStorage

struct PullCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Get records, edits and images from a remote.",
    discussion: """
      Edits are merged field by field: the later edit is kept. If interrupted, run the command again: it \
      continues. Damaged objects are named and skipped, and the exit status is then 65. Images that \
      were not downloaded can be downloaded later with `seedbank fetch`.

      EXAMPLES
        seedbank pull
        seedbank pull team --images none
        seedbank pull --images 'rating:>=4'
      """)

  @Argument(help: "The remote (default: the only one).")
  var name: String?
  @Option(help: "Which images to download: all, none, or a query (default: all).")
  var images = "all"
  @OptionGroup var transfers: TransferOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let remote = try session.remote(name, of: library)
    try await session.withConnection(remote, of: library, at: transfers.pace) { connection in
      if change.dryRun {
        let count = try await connection.pullPlan()
        let text = "\(Count.text(count, "segment")) of records would be read\n"
        return CommandReport("pull", change, text: text) { $0.member("segments", count) }
          .print(report, session)
      }
      let pull = try await Self.pull(connection, library, images, session)
      CommandReport("pull", change, text: RemoteText.text(pull)) { pull.write(to: &$0) }
        .print(report, session)
      try BatchOutcome.end(with: session.tell(pull.problems))
    }
  }

  /// - Parameters:
  ///   - images: As typed with `--images`.
  ///   - hint: How to continue after Ctrl-C.
  static func pull(
    _ connection: RemoteConnection, _ library: Library, _ images: String, _ session: Session,
    hint: String = "run `seedbank pull` to continue"
  ) async throws -> PullReport {
    let choice: RemoteConnection.ImageChoice
    switch images {
    case "all": choice = .all
    case "none": choice = .none
    default:
      // Errors in the query are reported before the transfer.
      _ = try session.query([images], in: library)
      choice = .only { try session.ids([images], in: library) }
    }
    let report = try await session.withStoppableProgress("pull", hint: hint) {
      try await connection.pull(images: choice, progress: $0)
    }
    if report.tookNewID { session.talk.warn(RemoteText.newID) }
    return report
  }
}
