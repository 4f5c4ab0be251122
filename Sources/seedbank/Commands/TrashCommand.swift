import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct TrashCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trash",
    abstract: "List, restore or permanently delete generations in the trash.",
    discussion: """
      EXAMPLES
        seedbank trash
        seedbank trash restore
      """,
    subcommands: [List.self, Restore.self, Empty.self],
    defaultSubcommand: List.self)
}

extension TrashCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the generations in the trash, most recently deleted first.",
      discussion: """
        EXAMPLES
          seedbank trash list
          seedbank trash list --format ids
        """)

    @OptionGroup var limit: LimitOption
    @OptionGroup var records: RecordOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .reading)
      let ids = try library.trash(limit: .max)
      let shown = ids.prefix(limit.number(records.format) ?? .max)
      var printer = RecordPrinter(session, records, folder: library.folder)
      try printer.print(Array(shown), in: library)
      if records.format == .table,
        let remark = LimitOption.remark(shown: shown.count, of: ids.count)
      {
        session.talk.note(remark)
      }
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore",
      abstract: "Restore generations from the trash.",
      discussion: """
        EXAMPLES
          seedbank trash restore 1234 1235
          seedbank trash restore --dry-run
        """)

    @Argument(
      help: ArgumentHelp("Generations in the trash (default: all).", valueName: "ref"),
      completion: .trash)
    var references: [String] = []
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let run = EditRun(global, confirm, change, report)
      let library = try run.session.openLibrary(for: .writing)
      let chosen = try ids(library, run.session)
      guard !chosen.isEmpty else {
        throw Failure(.noInput, "the trash is empty; nothing was changed")
      }
      try run.perform(.restore, on: chosen, in: library)
    }

    private func ids(_ library: Library, _ session: Session) throws -> [GenerationID] {
      guard !references.isEmpty else { return try library.trash(limit: .max) }
      guard case .references(let terms) = session.selection(references, number: .reference) else {
        throw Failure(
          .usage, "'\(references.joined(separator: " "))' does not name generations",
          hint: "`seedbank trash list` lists the ids in the trash")
      }
      return try session.ids(terms, in: library, trash: .inside)
    }
  }
}

extension TrashCommand {
  struct Empty: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "empty",
      abstract: "Delete the generations in the trash permanently.",
      discussion: """
        Images that another generation uses are kept. This cannot be undone.

        A generation whose request was sent and is not finished stays in the trash, because its images \
        may already be paid for. To get them, restore it and run `seedbank sync`. With --force it is \
        deleted as well.

        EXAMPLES
          seedbank trash empty --dry-run
          seedbank trash empty --yes
        """)

    @Flag(help: "Also delete generations that are not finished.")
    var force = false
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
      // What `trash list` shows is emptied, also if its times are later than the clock of this computer.
      let now = session.now
      let until = max(now, try library.newestInTrash() ?? now)
      let plan = try library.trashPlan(until: until, removesRunning: force)
      if !force, plan.running > 0 {
        session.talk.note(
          "kept in the trash, because not finished: \(Count.text(plan.running, "generation")). The "
            + "images may already be paid for. To get them, run `seedbank trash restore`, then "
            + "`seedbank sync`. To delete them, use --force.")
      }
      if change.dryRun || plan.generations == 0 {
        return summary(plan, "in the trash: \(content(plan))\n").print(report, session)
      }
      let warning =
        force && plan.running > 0
        ? " Not finished, and perhaps already paid for: \(plan.running)." : ""
      try session.confirm("Delete \(content(plan)) permanently?\(warning)", isSure: confirm.yes)
      // Who was asked has agreed to this plan only.
      let removed = try library.emptyTrash(
        until: until, removesRunning: force, expecting: confirm.yes ? nil : plan, at: session.now)
      summary(removed, "removed: \(content(removed))\n").print(report, session)
    }

    private func content(_ plan: TrashPlan) -> String {
      "\(Count.text(plan.generations, "generation")), \(Count.text(plan.files, "image file")), "
        + ByteCount.text(plan.bytes)
    }

    private func summary(_ plan: TrashPlan, _ text: String) -> CommandReport {
      CommandReport("trash empty", change, text: text) { object in
        object.member("generations", plan.generations)
        object.member("files", plan.files)
        object.member("bytes", plan.bytes)
        object.member("unfinished", plan.running)
      }
    }
  }
}
