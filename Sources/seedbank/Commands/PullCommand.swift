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

      With a query, all records are read, and only the images of matching generations are downloaded. If \
      the library has one remote, its name can be left out.

      EXAMPLES
        seedbank pull
        seedbank pull team --images none
        seedbank pull team tag:client/acme
        seedbank pull 'rating:>=4'
      """)

  @Argument(help: "The remote (default: the only one).", completion: .remotesAndQuery)
  var name: String?
  @Argument(
    help: "A query: the generations whose images to download (default: all).", completion: .query)
  var query: [String] = []
  @Option(help: "Which images to download: all, none, or a query (default: all).")
  var images: String?
  @OptionGroup var transfers: TransferOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let (remote, words) = try session.remote(name, query, of: library)
    guard words.isEmpty || images == nil else {
      throw Failure(
        .usage, "a query and --images cannot be combined",
        hint: "use --images for all, none or a query in one argument")
    }
    let choice =
      words.isEmpty
      ? try Self.choice(images ?? "all", in: library, session)
      : try Self.choice(matching: words, in: library, session)
    try await session.withConnection(remote, of: library, at: transfers.pace) { connection in
      if change.dryRun {
        let count = try await connection.pullPlan()
        let text = "\(Count.text(count, "segment")) of records would be read\n"
        return CommandReport("pull", change, text: text) { $0.member("segments", count) }
          .print(report, session)
      }
      let pull = try await Self.pull(connection, choice, session)
      let text = try RemoteText.text(pull, in: library)
      CommandReport("pull", change, text: text) { pull.write(to: &$0) }.print(report, session)
      try BatchOutcome.end(with: session.tell(pull.problems))
    }
  }

  /// The images of a value of `--images`.
  static func choice(
    _ images: String, in library: Library, _ session: Session
  ) throws -> RemoteConnection.ImageChoice {
    switch images {
    case "all": return .all
    case "none": return .none
    default: return try choice(matching: [images], in: library, session)
    }
  }

  /// The images of the generations that match a query after the records are merged.
  private static func choice(
    matching words: [String], in library: Library, _ session: Session
  ) throws -> RemoteConnection.ImageChoice {
    // Errors in the query are reported before the transfer.
    _ = try session.query(words, in: library)
    return .only { try session.ids(words, in: library) }
  }

  /// - Parameter hint: How to continue after Ctrl-C.
  static func pull(
    _ connection: RemoteConnection, _ choice: RemoteConnection.ImageChoice, _ session: Session,
    hint: String = "run `seedbank pull` to continue"
  ) async throws -> PullReport {
    let report = try await session.withStoppableProgress("pull", hint: hint) {
      try await connection.pull(images: choice, progress: $0)
    }
    if report.tookNewID { session.talk.warn(RemoteText.newID) }
    return report
  }
}
