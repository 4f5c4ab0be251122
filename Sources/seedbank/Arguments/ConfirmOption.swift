import ArgumentParser

/// For commands that ask before they do something large.
struct ConfirmOption: ParsableArguments {
  @Flag(name: [.long, .customShort("y")], help: "Answer yes to questions.")
  var yes = false
}
