/// The exit status, with the numbers of sysexits(3).
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

  /// The status of a batch is the most serious one of its parts.
  ///
  /// A problem that stops everything is more serious than one that a second run can fix.
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

/// Ends a command that has already reported all its parts.
struct BatchOutcome: Error {
  let status: ExitStatus

  /// Nothing is thrown if every part succeeded.
  static func end(with status: ExitStatus) throws {
    if status != .done { throw BatchOutcome(status: status) }
  }
}
