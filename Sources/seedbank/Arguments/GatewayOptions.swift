import ArgumentParser

/// For commands that work with the gateway.
struct GatewayOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("j")],
    help: ArgumentHelp("Number of parallel requests, 1 to 64.", valueName: "number"))
  var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "Time to wait for a job before it is left pending.", valueName: "seconds"))
  var deadline: Double?

  func validate() throws {
    if let jobs, !(1...64).contains(jobs) {
      throw ValidationError("--jobs must be a number from 1 to 64")
    }
    if let deadline, !(0...604_800).contains(deadline) {
      throw ValidationError("--deadline must be a number of seconds from 0 to 604800")
    }
  }
}
