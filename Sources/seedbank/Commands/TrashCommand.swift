import ArgumentParser
import Storage

struct TrashCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trash",
    abstract: "List, restore or empty what was deleted.",
    discussion: """
      EXAMPLES
        seedbank trash
        seedbank trash restore
      """,
    subcommands: [List.self, Restore.self, Empty.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the trash, latest deleted first.",
      discussion: """
        EXAMPLES
          seedbank trash list
        """)

    @Option(help: "How many; 0 is all.")
    var limit = 50
    @OptionGroup var records: RecordOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .reading)
      let ids = try library.trash(limit: limit == 0 ? .max : limit)
      var printer = RecordPrinter(session, records, folder: library.folder)
      for start in stride(from: 0, to: ids.count, by: 500) {
        try printer.print(library.generations(Array(ids[start..<min(start + 500, ids.count)])))
      }
      printer.finish()
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take generations out of the trash.",
      discussion: """
        EXAMPLES
          seedbank trash restore 1234 1235
        """)

    @Argument(help: "Their ids; without any, all of them.")
    var ids: [Int64] = []
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .writing)
      let chosen = try ids.isEmpty ? library.trash(limit: .max) : ids.map { GenerationID($0) }
      let report = try library.edit(
        .restore, on: chosen, by: session.actor, at: session.now, rehearsing: change.dryRun)
      session.output.write(
        "\(report.changed) generations \(change.dryRun ? "would come" : "came") back\n")
    }
  }

  struct Empty: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove for good what is in the trash.",
      discussion: """
        Images that another generation needs stay. This can't be undone.

        EXAMPLES
          seedbank trash empty --dry-run
        """)

    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
      let plan = try library.trashPlan(until: session.now)
      let what =
        "\(plan.generations) generations, \(plan.files) image files, "
        + ByteCount.text(plan.bytes)
      if change.dryRun || plan.generations == 0 {
        session.output.write("in the trash: \(what)\n")
        return
      }
      try session.confirm("remove \(what) for good?", isSure: confirm.yes)
      try library.emptyTrash(until: session.now)
      session.output.write("removed: \(what)\n")
    }
  }
}
