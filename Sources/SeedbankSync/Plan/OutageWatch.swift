/// What a watch knows about an outage, from the run that it stopped until a run succeeds.
///
/// Polls find out whether the gateway is back, because they cost nothing. A request may be charged
/// without a usable reply, so the waits grow after each failed request.
package struct OutageWatch: Sendable, Equatable {
  /// What stopped the last run; nil without an outage.
  package private(set) var unusableReply: UnusableReply?
  /// Polls in a row that the gateway did not answer.
  private var failedProbes = 0
  /// Runs in a row that sent requests and were stopped again.
  private var failedRuns = 0

  static let shortest: Duration = .seconds(30)
  static let longestAfterPolls: Duration = .seconds(600)
  static let longest: Duration = .seconds(86_400)

  /// Makes a watch that has seen no reply yet.
  package init() {}

  /// Takes the end of a run into account.
  ///
  /// - Parameter sentRequests: whether it was a run that could send.
  package mutating func note(_ stop: StopReason?, sentRequests: Bool) {
    guard case .outage(let unusableReply) = stop else {
      if sentRequests { self = OutageWatch() }
      return
    }
    self.unusableReply = unusableReply
    if sentRequests { (failedRuns, failedProbes) = (failedRuns + 1, 0) }
  }

  /// Notes whether a poll that tests the gateway was answered.
  package mutating func noteProbe(isAnswered: Bool) {
    failedProbes = isAnswered ? 0 : failedProbes + 1
  }

  /// The time before the next poll.
  package var wait: Duration {
    let base = Self.shortest * (1 << (2 * min(max(failedRuns - 1, 0), 6)))
    let grown = base * (1 << min(failedProbes, 6))
    return min(grown, max(base, Self.longestAfterPolls), Self.longest)
  }
}
