import ArgumentParser
import Storage

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

struct TurnOptions: ParsableArguments {
  @Option(help: "How many edits, all of them or none.")
  var count = 1

  func validate() throws {
    if count < 1 { throw ValidationError("--count takes 1 or more") }
  }
}

/// What undoing or redoing came to.
private enum TurnText {
  static func write(_ turns: [Turn], _ verb: String, to session: Session) {
    for turn in turns {
      session.output.write("\(verb): \(SafeText.line(turn.change.action))\n")
      for kept in turn.kept.prefix(20) {
        let what = kept.generation.map { "\(kept.field) of generation \($0)" } ?? "\(kept.field)"
        session.talk.warn("\(what) was edited otherwise since, and is left as it is")
      }
      if turn.kept.count > 20 { session.talk.warn("and \(turn.kept.count - 20) more") }
      if turn.gone > 0 {
        session.talk.warn("\(turn.gone) fields belonged to generations that are gone for good")
      }
    }
  }
}
