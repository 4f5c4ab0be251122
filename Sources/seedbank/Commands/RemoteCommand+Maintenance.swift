import ArgumentParser
import SeedbankModel
import SeedbankRemote
import SeedbankStorage

extension RemoteCommand {
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Compare the objects on a remote with their records.",
      discussion: """
        Lists all objects and names every fault, with what repairs it; the exit status is then 65. The \
        next push of this library sends again what is missing or damaged and is in this library. --deep \
        reads every segment and every image, compares digests, and counts images that no library uses.

        EXAMPLES
          seedbank remote check
          seedbank remote check team --deep
        """)

    @Argument(help: "The remote (default: the only one).") var name: String?
    @Flag(help: "Read every object and compare digests.") var deep = false
    @OptionGroup var transfers: TransferOptions
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let session = Session(global)
      try await session.withRemote(name, at: transfers.pace) { _, connection in
        let check = try await session.withRemoteProgress("check") {
          try await connection.check(deep: deep, progress: $0)
        }
        CommandReport("remote check", text: RemoteText.text(check)) { check.write(to: &$0) }
          .print(report, session)
        try BatchOutcome.end(with: session.tell(check.problems))
      }
    }
  }

  struct Snapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "snapshot",
      abstract: "Write all records to a remote in one piece, so that a clone is faster.",
      discussion: """
        A clone then reads the snapshot and only the segments after it. This helps if records were \
        edited many times. Push all changes of this library first. Objects that are already on \
        the remote are not changed. After the grace period, `remote prune` removes the older \
        snapshots of this library.

        EXAMPLES
          seedbank remote snapshot
          seedbank push team && seedbank remote snapshot team
        """)

    @Argument(help: "The remote (default: the only one).") var name: String?
    @OptionGroup var transfers: TransferOptions
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let session = Session(global)
      try await session.withRemote(name, at: transfers.pace) { _, connection in
        let isDryRun = change.dryRun
        let snapshot = try await session.withStoppableProgress("snapshot") {
          try await connection.writeSnapshot(isDryRun: isDryRun, progress: $0)
        }
        let text =
          "\(Count.text(snapshot.generations, "generation")) "
          + "\(isDryRun ? "would be written" : "written") (\(ByteCount.text(snapshot.bytes)))\n"
        CommandReport("remote snapshot", change, text: text) { snapshot.write(to: &$0) }
          .print(report, session)
      }
    }
  }

  struct Prune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Remove unused images from a remote.",
      discussion: """
        An image is removed if every library that sent a generation with it has deleted that generation \
        permanently. It is kept if it was sent or deleted within the grace period, by the clock of the \
        remote. Older snapshots and files that interrupted writes left in a folder are removed after the \
        grace period too. Nothing is removed if a segment is damaged or lost, because it may refer to any \
        image, unless its library has sent all its records again or a \
        snapshot has them.

        EXAMPLES
          seedbank remote prune --dry-run
          seedbank remote prune team --grace 90
        """)

    @Argument(help: "The remote (default: the only one).") var name: String?
    @Option(help: "Days that an unused image is kept, 1 to 3650.") var grace = 30
    @OptionGroup var transfers: TransferOptions
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      guard (1...3650).contains(grace) else { throw ValidationError("--grace takes 1 to 3650") }
    }

    func run() async throws {
      let session = Session(global)
      let seconds = Double(grace) * 86_400
      try await session.withRemote(name, at: transfers.pace) { remote, connection in
        let plan = try await session.withRemoteProgress("prune") {
          try await connection.prune(grace: seconds, isDryRun: true, progress: $0)
        }
        var done = plan
        let isUseful = plan.images + plan.snapshotObjects + plan.drafts > 0
        if !change.dryRun, isUseful, plan.problems.isEmpty {
          let what = RemoteText.parts(plan).joined(separator: ", ")
          try session.confirm(
            "Remove \(what) from the remote \(remote.name)?", isSure: confirm.yes)
          done = try await session.withRemoteProgress("prune") {
            try await connection.prune(grace: seconds, isDryRun: false, progress: $0)
          }
        }
        CommandReport(
          "remote prune", change, text: RemoteText.text(done, isDryRun: change.dryRun)
        ) { done.write(to: &$0) }.print(report, session)
        try BatchOutcome.end(with: session.tell(done.problems))
      }
    }
  }
}
