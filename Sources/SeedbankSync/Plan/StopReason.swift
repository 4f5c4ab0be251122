public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// Why a run ended before its work was finished.
///
/// A later run continues.
public enum StopReason: Sendable, Equatable {
  /// The allowance is used up.
  case quotaExhausted(QuotaNotice)
  /// The gateway asks for a longer pause than this run waits.
  case throttled(until: Timestamp)
  case keyRefused(KeyRefusal)
  case unreachable(ConnectionFault)
  /// The server at the address is not the gateway.
  case wrongAddress(Refusal)
  /// Several consecutive requests got no usable reply. The value describes the last one.
  case outage(UnusableReply)
  /// The library cannot be written, or this computer is not able to continue.
  case local(LibraryError)
  /// The library's disk has too little free space for another request. Both values are in bytes.
  case noDiskSpace(free: Int64, needed: Int64)
  /// A budget would be exceeded by the next request. Jobs are still polled.
  case budget(BudgetError)
  /// The client of a provider could not be made: it is not configured, or there is no key.
  case noClient(provider: String)
  /// The user stopped it.
  case interrupted
}
