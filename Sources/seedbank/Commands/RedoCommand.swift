import ArgumentParser
import SeedbankStorage

struct RedoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo",
    abstract: "Make an edit again that was undone.",
    discussion: """
      Possible until the next new edit.

      EXAMPLES
        seedbank redo
      """)

  @OptionGroup var turning: TurnOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let turns = try library.redo(turning.count, at: session.now, rehearsing: change.dryRun)
    TurnText.write(turns, change.dryRun ? "would redo" : "redone", to: session)
  }
}
