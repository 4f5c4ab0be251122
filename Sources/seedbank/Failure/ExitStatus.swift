/// How the process ends, in the numbers of sysexits(3).
enum ExitStatus: Int32, Comparable {
  case done = 0
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case bug = 70
  case cannotCreate = 73
  case inputOutput = 74
  case tryAgain = 75
  case refused = 77
  case notConfigured = 78
  case interrupted = 130

  /// A batch ends with the most serious of its parts: a stop of everything counts more than what a
  /// second run can fix.
  private var weight: Int {
    switch self {
    case .done: 0
    case .tryAgain: 1
    case .noInput: 2
    case .badData: 3
    case .usage: 4
    case .unavailable: 5
    case .refused: 6
    case .notConfigured: 7
    case .cannotCreate: 8
    case .inputOutput: 9
    case .interrupted: 10
    case .bug: 11
    }
  }

  static func < (left: Self, right: Self) -> Bool { left.weight < right.weight }
}

/// Ends a command whose parts were all reported one by one.
struct BatchOutcome: Error {
  let status: ExitStatus

  /// Nothing to throw where every part went well.
  static func end(with status: ExitStatus) throws {
    if status != .done { throw BatchOutcome(status: status) }
  }
}
