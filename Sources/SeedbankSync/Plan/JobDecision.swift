package import SeedbankProviders
package import SeedbankStorage

/// What follows from an outcome: the durable step, then the signal to all workers, then the next action.
package struct JobDecision: Sendable, Equatable {
  /// Recorded before anything else is done.
  package var transition: Transition?
  /// An additional remark for the timeline.
  package var note: String?
  /// The kind of event that the remark is.
  package var event = "note"
  /// What the outcome means for every other generation.
  package var signal: QueueSignal
  /// What to do with the job now.
  package var next: Next

  /// What follows from the reply to a poll.
  package enum Next: Sendable, Equatable {
    /// Look at the row again.
    case goOn
    case wait(Wait)
    /// Try the image at this position again after the wait. Other images do not wait for it.
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
package enum QueueSignal: Sendable, Equatable {
  case none
  /// The gateway answers.
  case answered
  /// A proxy or a firewall answered the request, or its outcome is unknown.
  case noUsableReply(UnusableReply)
  case throttled(retryAfter: Duration?)
  case unreachable(ConnectionFault)
  case quotaExhausted(QuotaNotice)
  case keyRefused(KeyRefusal)
  /// The next request would exceed a budget.
  case budgetReached(BudgetError)
  /// The server at the address does not have this API.
  case wrongAddress(Refusal)
}

/// Why a request brought no usable reply.
public struct UnusableReply: Sendable, Equatable {
  /// The kind of the step.
  public let kind: Kind
  /// The reply, as the end of a sentence.
  public let summary: String
  /// The pause that the reply states; nil if it states none.
  public internal(set) var retryAfter: Duration?

  /// The kinds of steps.
  public enum Kind: Sendable, Equatable {
    /// The reply was not the gateway's own; the request is queued again.
    case foreignReply
    /// The request may have been executed and charged.
    case unknownOutcome
  }
}
