import ArgumentParser
import Storage

extension TrashCommand {
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
        "\(Count.text(plan.generations, "generation")), \(Count.text(plan.files, "image file")), "
        + ByteCount.text(plan.bytes)
      if change.dryRun || plan.generations == 0 {
        session.output.write("in the trash: \(what)\n")
        return
      }
      try session.confirm("remove \(what) for good?", isSure: confirm.yes)
      try library.emptyTrash(until: session.now, at: session.now)
      session.output.write("removed: \(what)\n")
    }
  }
}
