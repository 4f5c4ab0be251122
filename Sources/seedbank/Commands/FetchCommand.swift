import ArgumentParser
import SeedbankModel
import SeedbankRemote
import SeedbankStorage

struct FetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download images that are only on a remote.",
    discussion: """
      Each image is checked against its digest.

      EXAMPLES
        seedbank fetch 'rating:>=4'
        seedbank fetch collection:best --remote team
      """)

  @Argument(
    help: "References or a query: the generations whose images to download.", completion: .query)
  var query: [String]
  @Option(help: "The remote (default: the only one).")
  var remote: String?
  @OptionGroup var transfers: TransferOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let remote = try session.remote(remote, of: library)
    let ids = try session.selected(query, in: library)
    try await session.withConnection(remote, of: library, at: transfers.pace) { connection in
      if change.dryRun {
        let plan = try await connection.fetchPlan(ids)
        let text =
          "\(Count.text(plan.images, "image")) would be downloaded (\(ByteCount.text(plan.bytes)))\n"
        return CommandReport("fetch", change, text: text) { plan.write(to: &$0) }
          .print(report, session)
      }
      let fetch = try await session.withStoppableProgress("fetch") {
        try await connection.fetch(ids, progress: $0)
      }
      let text =
        "\(Count.text(fetch.images, "image")) downloaded (\(ByteCount.text(fetch.imageBytes)))\n"
      CommandReport("fetch", change, text: text) { fetch.writeImages(to: &$0) }.print(
        report, session)
      try BatchOutcome.end(with: session.tell(fetch.problems))
    }
  }
}
