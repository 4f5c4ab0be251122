import ArgumentParser
import SeedbankModel
import SeedbankRemote
import SeedbankStorage

struct DropCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Remove image files from the library that are also on a remote.",
    discussion: """
      Before a file is removed, the copy on the remote is read and its digest compared. Files whose \
      copy is missing or damaged are kept. The records stay; `seedbank fetch` downloads the images \
      again.

      EXAMPLES
        seedbank drop created:2024 --dry-run
        seedbank drop created:2024 --yes
      """)

  @Argument(
    help: "References or a query: the generations whose image files to remove.", completion: .query)
  var query: [String]
  @Option(help: "The remote (default: the only one).")
  var remote: String?
  @OptionGroup var transfers: TransferOptions
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let remote = try session.remote(remote, of: library)
    let ids = try session.selected(query, in: library)
    try await session.withConnection(remote, of: library, at: transfers.pace) { connection in
      let plan = try await connection.dropPlan(ids)
      let what = "\(Count.text(plan.images, "image file")) (\(ByteCount.text(plan.bytes)))"
      if change.dryRun {
        let text = "\(what) would be removed if the remote's copies are whole\n"
        return CommandReport("drop", change, text: text) { plan.write(to: &$0) }
          .print(report, session)
      }
      if plan.images > 0 {
        try session.confirm("Remove \(what) from this library?", isSure: confirm.yes)
      }
      let drop = try await session.withStoppableProgress("drop") {
        try await connection.drop(ids, progress: $0)
      }
      let text =
        "\(Count.text(drop.images, "image file")) removed (\(ByteCount.text(drop.imageBytes)))\n"
      CommandReport("drop", change, text: text) { drop.write(to: &$0) }.print(report, session)
      try BatchOutcome.end(with: session.tell(drop.problems))
    }
  }
}
