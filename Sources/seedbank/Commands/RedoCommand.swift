import ArgumentParser
import SeedbankStorage

struct RedoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo",
    abstract: "Redo the most recently undone edit.",
    discussion: """
      After a new edit, undone edits cannot be repeated.

      EXAMPLES
        seedbank redo
        seedbank redo --count 2
      """)

  @OptionGroup var edits: EditCountOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let steps = try library.redo(edits.count, at: session.now, rehearsing: change.dryRun)
    let text = HistoryText(steps: steps, verb: change.dryRun ? "would redo" : "redone")
    try text.print(as: "redo", change, report, session)
  }
}
