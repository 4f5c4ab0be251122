import FoundationEssentials

/// What a watch does when a run has ended.
public enum WatchPlan {
  /// What a watching sync does after a run.
  public enum Next: Sendable, Equatable {
    /// Waiting cannot help.
    case end
    /// Run again after a while, or as soon as the catalog changes where that could help.
    case again(after: Duration, orOnChange: Bool)
  }

  /// How long a watch lets pass before it looks at what it had to leave.
  static let revisit: Duration = .seconds(30)
  /// No waiting time that a gateway tells is trusted beyond this.
  static let longest: Duration = .seconds(3600)

  /// Returns what follows a run that ended for this reason.
  public static func next(after stop: StopReason?, at now: Instant) -> Next {
    switch stop {
    case nil: .again(after: revisit, orOnChange: true)
    case .interrupted, .keyRefused, .wrongAddress, .noClient: .end
    // An outage has waits of its own; see `OutageWatch`.
    case .outage: .again(after: revisit, orOnChange: false)
    case .unreachable, .local, .noRoom: .again(after: revisit, orOnChange: false)
    // The next day has a new budget.
    case .budget: .again(after: longest, orOnChange: true)
    case .throttled(let until):
      .again(after: length(until.seconds - now.wall.seconds), orOnChange: false)
    case .quotaExhausted(let notice):
      .again(
        after: notice.until.map { length($0.timeIntervalSince1970 - now.wall.seconds) } ?? longest,
        orOnChange: false)
    }
  }

  private static func length(_ seconds: Double) -> Duration {
    min(max(.seconds(seconds), .seconds(1)), longest)
  }
}
