public import Gateway
public import Storage

/// What follows from an outcome: first the durable step, then a word to all workers, then the rest.
public struct JobDecision: Sendable, Equatable {
  /// Recorded before anything else is done.
  public var transition: Transition?
  /// A remark for the timeline, beside the transition's own.
  public var note: String?
  /// What the outcome means for every other generation.
  public var signal: QueueSignal
  public var next: Next

  public enum Next: Sendable, Equatable {
    /// Look at the row again.
    case goOn
    case wait(Wait)
    case leave(Leaving)
  }

  init(
    _ transition: Transition? = nil, note: String? = nil, signal: QueueSignal = .none, next: Next
  ) {
    self.transition = transition
    self.note = note
    self.signal = signal
    self.next = next
  }
}

/// What one call to the gateway means for all workers.
public enum QueueSignal: Sendable, Equatable {
  case none
  /// The gateway answers.
  case answered
  case throttled(retryAfter: Duration?)
  case unreachable(ConnectionFault)
  case quotaExhausted(QuotaNotice)
  case keyRefused(KeyRefusal)
  /// Nothing that speaks this API is at the address.
  case wrongAddress(Refusal)
}
