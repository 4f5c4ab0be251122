/// Why an exchange did not return a complete reply.
struct ExchangeFailure: Error {
  /// Whether a byte of the request may have been sent.
  let isSent: Bool
  let cause: Cause

  enum Cause: Equatable {
    case connection(ConnectionFault)
    /// The reply, or the next part of it, did not come in time.
    case timedOut
    case cancelled
    case tooLarge(limit: Int)
  }
}
