public import SeedbankProviders
public import SeedbankStorage

/// What follows from an outcome: first the durable step, then a word to all workers, then the rest.
public struct JobDecision: Sendable, Equatable {
  /// Recorded before anything else is done.
  public var transition: Transition?
  /// A remark for the timeline, beside the transition's own.
  public var note: String?
  /// The kind of event that the remark is.
  public var event = "note"
  /// What the outcome means for every other generation.
  public var signal: QueueSignal
  /// What to do with the job now.
  public var next: Next

  /// What follows from the reply to a poll.
  public enum Next: Sendable, Equatable {
    /// Look at the row again.
    case goOn
    case wait(Wait)
    /// Try the image at this position again after the wait; others need not wait for it.
    case retry(image: Int, Wait)
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
  /// A request was answered by something between here and the gateway, or has no known outcome.
  case noUsableReply(UnusableReply)
  case throttled(retryAfter: Duration?)
  case unreachable(ConnectionFault)
  case quotaExhausted(QuotaNotice)
  case keyRefused(KeyRefusal)
  /// The next request would exceed a budget.
  case budgetReached(BudgetError)
  /// Nothing that speaks this API is at the address.
  case wrongAddress(Refusal)
}

/// Why a request brought no usable reply.
public struct UnusableReply: Sendable, Equatable {
  /// The kind of the step.
  public let kind: Kind
  /// What came, as the end of a sentence.
  public let summary: String

  /// The kinds of steps.
  public enum Kind: Sendable, Equatable {
    /// The reply was not the gateway's own; the request is queued again.
    case foreignReply
    /// The request may have been carried out and charged.
    case unknownOutcome
  }
}
