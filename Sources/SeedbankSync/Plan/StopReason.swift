public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// Why a run ended before its work was done. What is left stays as it is, and a later run takes it up.
public enum StopReason: Sendable, Equatable {
  /// The allowance is used up.
  case quotaExhausted(QuotaNotice)
  /// The gateway wants slower callers than this run has patience for.
  case throttled(until: Timestamp)
  case keyRefused(KeyRefusal)
  case unreachable(ConnectionFault)
  /// What answers at the address is not the gateway.
  case wrongAddress(Refusal)
  /// Several requests in a row brought no usable reply; the last of them is told.
  case outage(UnusableReply)
  /// The library can't be written, or the machine lacks something.
  case local(LibraryError)
  /// Too little room on the library's disk to send for more, in bytes.
  case noRoom(free: Int64, needed: Int64)
  /// A budget would be exceeded by the next request. Jobs are still polled.
  case budget(BudgetError)
  /// The client of a provider could not be made: it is not configured, or there is no key.
  case noClient(provider: String)
  /// A person asked for it.
  case interrupted
}
