import SeedbankProviders

/// What a watch knows about each provider from run to run.
struct WatchedProviders: Sendable {
  /// The provider of new requests; without it, the watch has nothing to wait for.
  let main: String
  private var outages: [String: OutageWatch] = [:]
  private var rests: [String: Rest] = [:]

  /// A provider that is not called for a while.
  private struct Rest {
    let reason: StopReason
    /// By the monotonic clock; nil until the watch ends.
    let end: Duration?
  }

  init(main: String) { self.main = main }

  /// Providers that the next run leaves alone, and why.
  var resting: [String: StopReason] { rests.mapValues(\.reason) }

  /// Allows providers whose pause is over.
  mutating func wake(at uptime: Duration) {
    rests = rests.filter { $0.value.end.map { $0 > uptime } ?? true }
  }

  /// Providers with an outage that should be polled now.
  var outagesToProbe: [String: UnusableReply] {
    outages.filter { rests[$0.key] == nil }.compactMapValues(\.unusableReply)
  }

  mutating func noteProbe(of provider: String, isAnswered: Bool) {
    outages[provider]?.noteProbe(isAnswered: isAnswered)
  }

  /// What follows a run.
  ///
  /// - Parameters:
  ///   - stops: Why it ended early, as a whole and for single providers.
  ///   - prior: The outages when the run started.
  ///   - unfinished: The providers that have unfinished generations.
  mutating func next(
    after stops: (all: StopReason?, providers: [String: StopReason]),
    _ prior: [String: QueueState.PriorOutage], unfinished: Set<String>, at now: Instant
  ) -> WatchPlan.Next {
    for provider in Set(outages.keys).union(stops.providers.keys) where rests[provider] == nil {
      let lasts = if case .lasts = prior[provider] { true } else { false }
      var outage = outages[provider] ?? OutageWatch()
      outage.note(stops.all ?? stops.providers[provider], sentRequests: !lasts)
      outages[provider] = outage.unusableReply == nil ? nil : outage
    }
    if let reason = stops.all { return WatchPlan.next(after: reason, at: now) }
    var wakesOnChange = false
    for (provider, reason) in stops.providers {
      switch WatchPlan.next(after: reason, at: now) {
      case .end:
        if provider == main { return .end }
        rests[provider] = Rest(reason: reason, end: nil)
      case .again(after: _, orOnChange: true): wakesOnChange = true
      case .again(after: let length, orOnChange: false):
        let wait = if case .outage = reason { outages[provider]?.wait ?? length } else { length }
        rests[provider] = Rest(reason: reason, end: now.uptime + wait)
      }
    }
    let isWaiting = !unfinished.isEmpty && unfinished.isSubset(of: rests.keys)
    let ends = rests.values.compactMap { $0.end.map { $0 - now.uptime } }
    if isWaiting || wakesOnChange, let first = ends.min() {
      return .again(after: first, orOnChange: true)
    }
    if wakesOnChange { return .again(after: WatchPlan.longest, orOnChange: true) }
    return .again(after: min(WatchPlan.revisit, ends.min() ?? WatchPlan.revisit), orOnChange: true)
  }
}
