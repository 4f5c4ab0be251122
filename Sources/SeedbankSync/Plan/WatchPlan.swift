import FoundationEssentials

/// Decides what a watch does after a run.
package enum WatchPlan {
  /// What a watching sync does after a run.
  package enum Next: Sendable, Equatable {
    /// Waiting cannot help.
    case end
    /// Run again after some time, or as soon as the catalog changes if this could help.
    case again(after: Duration, orOnChange: Bool)
  }

  /// The time before a watch returns to the generations that it left.
  static let revisit: Duration = .seconds(30)
  /// The longest waiting time that is accepted from a gateway.
  static let longest: Duration = .seconds(3600)

  /// Returns what follows a run that ended for this reason.
  package static func next(after stop: StopReason?, at now: Instant) -> Next {
    switch stop {
    case nil: .again(after: revisit, orOnChange: true)
    case .interrupted, .keyRefused, .wrongAddress, .noClient: .end
    // An outage has its own waiting times; see `OutageWatch`.
    case .outage: .again(after: revisit, orOnChange: false)
    case .unreachable, .local, .noDiskSpace: .again(after: revisit, orOnChange: false)
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
