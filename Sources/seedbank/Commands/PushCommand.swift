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
      again: it continues. Replies of services, paths and keys are never sent. Unfinished work is sent as \
      held: only this library continues it.

      With a query, only changes of matching generations are sent. The names of collections, tags and \
      saved searches follow with the next push without a query. If the library has one remote, its name \
      can be left out.

      EXAMPLES
        seedbank push
        seedbank push team --dry-run
        seedbank push team tag:client/acme --bandwidth 2M
        seedbank push 'rating:>=4'
      """)

  @Argument(help: "The remote (default: the only one).", completion: .remotesAndQuery)
  var name: String?
  @Argument(
    help: "References or a query: the generations to send (default: all changes).",
    completion: .query)
  var query: [String] = []
  @OptionGroup var transfers: TransferOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let (remote, words) = try session.remote(name, query, of: library)
    let ids = words.isEmpty ? nil : try session.selected(words, in: library)
    try await session.withConnection(remote, of: library, at: transfers.pace) { connection in
      if change.dryRun {
        let count = try await connection.pushPlan(only: ids)
        let text = "\(Count.text(count, "generation")) would be pushed\n"
        return CommandReport("push", change, text: text) { $0.member("generations", count) }
          .print(report, session)
      }
      let push = try await session.withStoppableProgress("push") {
        try await connection.push(only: ids, progress: $0)
      }
      if push.tookNewID { session.talk.warn(RemoteText.newID) }
      CommandReport("push", change, text: RemoteText.text(push)) { push.write(to: &$0) }
        .print(report, session)
      try BatchOutcome.end(with: session.tell(push.problems))
    }
  }
}
