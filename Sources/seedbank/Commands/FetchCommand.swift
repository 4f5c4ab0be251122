import ArgumentParser
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
  @OptionGroup var transfers: JobsOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let remote = try session.remote(remote, of: library)
    let ids = try session.selected(query, in: library)
    try await session.withConnection(remote, of: library, jobs: transfers.jobs) { connection in
      if change.dryRun {
        let plan = try await connection.fetchPlan(ids)
        return session.output.write(
          "\(Count.text(plan.images, "image")) would be downloaded (\(ByteCount.text(plan.bytes)))\n"
        )
      }
      let report = try await session.withRemoteProgress("fetch") {
        try await connection.fetch(ids, progress: $0)
      }
      session.output.write(
        "\(Count.text(report.images, "image")) downloaded (\(ByteCount.text(report.imageBytes)))\n")
      try BatchOutcome.end(with: session.tell(report.problems))
    }
  }
}
