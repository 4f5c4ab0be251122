import ArgumentParser

/// For commands that ask before a large change.
struct ConfirmOption: ParsableArguments {
  @Flag(name: [.long, .customShort("y")], help: "Answer yes to questions.")
  var yes = false
}
