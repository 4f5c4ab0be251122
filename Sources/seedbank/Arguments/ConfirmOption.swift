import ArgumentParser

/// For commands that ask before they do something large.
struct ConfirmOption: ParsableArguments {
  @Flag(help: "Do not ask.")
  var yes = false
}
