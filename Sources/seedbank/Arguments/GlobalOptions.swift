import ArgumentParser

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The library's folder; else SEEDBANK_LIBRARY.", valueName: "folder"),
    completion: .directory)
  var library: String?

  @Option(help: "Whether to use colours.")
  var color: ColorChoice = .auto

  @Flag(help: "No progress and no notes, only results and errors.")
  var quiet = false

  @Flag(help: "Print long output directly, not page by page.")
  var noPager = false
}

/// For commands that change something.
struct DryRunOption: ParsableArguments {
  @Flag(help: "Say what would change, and change nothing.")
  var dryRun = false
}
