import SeedbankProviders

/// Whether calls are allowed, for each provider of a run.
///
/// A problem with one provider does not stop the others.
struct ProviderQueues: Sendable {
  private let settings: SyncSettings
  private let outages: [String: QueueState.PriorOutage]
  /// Providers that an earlier run of the same watch leaves alone, and why.
  private let resting: [String: StopReason]
  private var states: [String: QueueState] = [:]
  /// The names in the order of first use.
  private var names: [String] = []
  /// Why all work ended.
  private(set) var halt: StopReason?

  /// - Parameters:
  ///   - outages: The outages that stopped an earlier run of the same watch, by provider.
  ///   - resting: Providers that are not called in this run, and why.
  init(
    _ settings: SyncSettings, after outages: [String: QueueState.PriorOutage] = [:],
    resting: [String: StopReason] = [:]
  ) {
    self.settings = settings
    self.outages = outages
    self.resting = resting
    // An outage that lasts is a reason of this run, too, although nothing is sent in it.
    names = outages.keys.sorted()
    states = outages.mapValues { QueueState(settings, after: $0) }
  }

  subscript(provider: String) -> QueueState {
    get { states[provider] ?? QueueState(settings, after: outages[provider]) }
    set {
      if states[provider] == nil { names.append(provider) }
      states[provider] = newValue
    }
  }

  /// Why a run ended early: the first reason.
  var stopReason: StopReason? { halt ?? stoppedProvider.flatMap { stopReasons[$0] } }

  /// The provider of that reason; nil if all work ended or none did.
  var stoppedProvider: String? {
    guard halt == nil else { return nil }
    let reasons = stopReasons
    return names.first { reasons[$0] != nil }
  }

  /// Why the work for providers ended early; those that rested from the beginning are left out.
  var stopReasons: [String: StopReason] {
    states.compactMapValues { $0.halt ?? $0.stop ?? $0.outage }
  }

  func admission(
    of call: QueueState.Call, to provider: String, at uptime: Duration
  ) -> QueueState.Admission {
    if let reason = halt ?? resting[provider] { return .stopped(reason) }
    return self[provider].admission(of: call, at: uptime)
  }

  /// Whether calls of the kind are over for all of these providers.
  func isStopped(_ call: QueueState.Call, for providers: Set<String>, at uptime: Duration) -> Bool {
    if halt != nil { return true }
    let all = providers.union(names)
    guard !all.isEmpty else { return false }
    return all.allSatisfy { provider in
      if case .stopped = admission(of: call, to: provider, at: uptime) { true } else { false }
    }
  }

  /// Ends everything: this machine is the problem.
  mutating func haltAll(_ reason: StopReason) -> QueueState.Change? {
    guard halt == nil else { return nil }
    halt = reason
    return .stopped(reason)
  }
}
