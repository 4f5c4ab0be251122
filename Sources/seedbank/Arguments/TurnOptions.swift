import ArgumentParser

/// How far `undo` and `redo` go.
struct TurnOptions: ParsableArguments {
  @Option(help: "How many edits, all of them or none.")
  var count = 1

  func validate() throws {
    if count < 1 { throw ValidationError("--count takes 1 or more") }
  }
}
