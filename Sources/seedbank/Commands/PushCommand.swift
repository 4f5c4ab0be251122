import ArgumentParser
import SeedbankModel
import SeedbankRemote
import SeedbankStorage

struct PushCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Send new records, edits and images to a remote.",
    discussion: """
      Images are sent first, then the records that refer to them. If interrupted, run the command \
      again: it continues. Replies of services, paths and keys are never sent. Unfinished work is sent \
      as held: only this library continues it.

      EXAMPLES
        seedbank push
        seedbank push team --dry-run
      """)

  @Argument(help: "The remote (default: the only one).")
  var name: String?
  @OptionGroup var transfers: JobsOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let remote = try session.remote(name, of: library)
    try await session.withConnection(remote, of: library, jobs: transfers.jobs) { connection in
      if change.dryRun {
        let count = try await connection.pushPlan()
        let text = "\(Count.text(count, "generation")) would be pushed\n"
        return CommandReport("push", change, text: text) { $0.member("generations", count) }
          .print(report, session)
      }
      let push = try await session.withRemoteProgress("push") {
        try await connection.push(progress: $0)
      }
      if push.tookNewID { session.talk.warn(RemoteText.newID) }
      CommandReport("push", change, text: RemoteText.text(push)) { push.write(to: &$0) }
        .print(report, session)
      try BatchOutcome.end(with: session.tell(push.problems))
    }
  }
}
