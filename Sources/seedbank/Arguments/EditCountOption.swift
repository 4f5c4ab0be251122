import ArgumentParser

/// The number of edits for `undo` and `redo`.
struct EditCountOption: ParsableArguments {
  @Option(help: "Number of edits. If there are fewer, nothing is changed.")
  var count = 1

  func validate() throws {
    if count < 1 { throw ValidationError("--count must be 1 or more, not \(count)") }
  }
}
