import ArgumentParser
import SeedbankRemote

/// For commands that move images to or from a remote.
struct TransferOptions: ParsableArguments {
  /// Without the option.
  static let standardJobs = 8

  @Option(
    name: [.long, .customShort("j")],
    help: "Number of parallel transfers, 1 to 64.")
  var jobs = Self.standardJobs
  @Option(
    help: "Most bytes per second of all transfers together, such as 500k or 2M (default: no limit)."
  )
  var bandwidth: Bandwidth?

  var pace: TransferPace { TransferPace(jobs: jobs, bytesPerSecond: bandwidth?.bytesPerSecond) }

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs takes 1 to 64") }
  }
}

/// A number of bytes per second, as people type it.
struct Bandwidth: ExpressibleByArgument, Equatable {
  let bytesPerSecond: Int64

  init?(argument: String) {
    let units: [Character: Int64] = ["k": 1_000, "m": 1_000_000, "g": 1_000_000_000]
    let unit = argument.last.flatMap { units[Character($0.lowercased())] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard digits.allSatisfy(\.isASCII), let number = Int64(digits), number > 0,
      case (let bytes, let isTooLarge) = number.multipliedReportingOverflow(by: unit ?? 1),
      !isTooLarge, bytes >= 1_000
    else { return nil }
    bytesPerSecond = bytes
  }
}
