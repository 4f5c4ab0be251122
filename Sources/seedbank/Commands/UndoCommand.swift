import ArgumentParser
import SeedbankStorage

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Undo the most recent edit.",
    discussion: """
      Fields edited since are skipped and listed.

      EXAMPLES
        seedbank undo
        seedbank undo --count 3
      """)

  @OptionGroup var edits: EditCountOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let steps = try library.undo(edits.count, at: session.now, rehearsing: change.dryRun)
    let text = HistoryText(steps: steps, verb: change.dryRun ? "would undo" : "undone")
    try text.print(as: "undo", change, report, session)
  }
}
