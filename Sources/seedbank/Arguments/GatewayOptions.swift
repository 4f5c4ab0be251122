import ArgumentParser

/// For commands that work with the gateway.
struct GatewayOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("j")],
    help: ArgumentHelp(
      "Number of parallel requests, 1 to 64 (default: setting `concurrency`).",
      valueName: "number"))
  var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "Seconds to wait for a job before it is left pending (default: setting `poll.deadline`).",
      valueName: "seconds"))
  var deadline: Double?
  @Option(
    help: ArgumentHelp(
      "Highest cost of the requests to send. Others stay queued.",
      valueName: "amount"))
  var maxCost: String?

  func validate() throws {
    if let jobs, !(1...64).contains(jobs) {
      throw ValidationError("--jobs must be a number from 1 to 64")
    }
    if let deadline, !(0...604_800).contains(deadline) {
      throw ValidationError("--deadline must be a number of seconds from 0 to 604800")
    }
    if let maxCost, Settings.limit(maxCost) == nil {
      throw ValidationError("--max-cost must be an amount of money from 0, such as 1.50")
    }
  }
}
