import ArgumentParser
import SeedbankStorage

extension TrashCommand {
  struct Empty: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete the generations in the trash permanently.",
      discussion: """
        Images that another generation uses are kept. This cannot be undone.

        A generation whose request was sent and is not finished stays in the trash, because its images
        may already be paid for. To get them, restore it and run `seedbank sync`. With --force it is
        deleted as well.

        EXAMPLES
          seedbank trash empty --dry-run
          seedbank trash empty --yes
        """)

    @Flag(help: "Also delete generations that are not finished.")
    var force = false
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
      let plan = try library.trashPlan(until: session.now, removesRunning: force)
      let what =
        "\(Count.text(plan.generations, "generation")), \(Count.text(plan.files, "image file")), "
        + ByteCount.text(plan.bytes)
      if !force, plan.running > 0 {
        session.talk.note(
          "kept in the trash, because not finished: \(Count.text(plan.running, "generation")). The "
            + "images may already be paid for. To get them, run `seedbank trash restore`, then "
            + "`seedbank sync`. To delete them, use --force.")
      }
      if change.dryRun || plan.generations == 0 {
        session.output.write("in the trash: \(what)\n")
        return
      }
      let warning =
        force && plan.running > 0
        ? " Not finished, and perhaps already paid for: \(plan.running)." : ""
      try session.confirm("Delete \(what) permanently?\(warning)", isSure: confirm.yes)
      try library.emptyTrash(until: session.now, removesRunning: force, at: session.now)
      session.output.write("removed: \(what)\n")
    }
  }
}
