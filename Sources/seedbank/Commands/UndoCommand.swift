import ArgumentParser
import SeedbankStorage

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back the newest edit.",
    discussion: """
      A field that holds something else by now than the edit left there is not touched, and named.

      EXAMPLES
        seedbank undo
        seedbank undo --count 3
      """)

  @OptionGroup var turning: TurnOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let turns = try library.undo(turning.count, at: session.now, rehearsing: change.dryRun)
    TurnText.write(turns, change.dryRun ? "would undo" : "undone", to: session)
  }
}
