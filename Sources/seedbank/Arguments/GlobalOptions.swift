import ArgumentParser

/// The options of every command.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of the library (default: SEEDBANK_LIBRARY, else the config file).",
      valueName: "folder"),
    completion: .directory)
  var library: String?

  @Option(help: "When to use colors.")
  var color: ColorChoice = .auto

  @Flag(
    name: [.long, .customShort("q")],
    help: "Show only results and errors, no progress and no notes.")
  var quiet = false

  @Flag(help: "Print long output directly, not page by page.")
  var noPager = false
}

/// For commands that change something.
struct DryRunOption: ParsableArguments {
  @Flag(
    name: [.long, .customShort("n")], help: "Show what would change, and change nothing.")
  var dryRun = false
}
