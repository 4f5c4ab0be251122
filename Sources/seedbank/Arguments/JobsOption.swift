import ArgumentParser

/// For commands that move images to or from a remote.
struct JobsOption: ParsableArguments {
  @Option(help: "Number of parallel transfers, 1 to 64 (default: 8).")
  var jobs = 8

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs takes 1 to 64") }
  }
}
