import CCurl
import Synchronization

/// One exchange for the caller: a head, then parts of the body, then the end.
///
/// The engine's thread writes to it, and one task reads from it.
final class HTTPExchange: Sendable {
  private struct State {
    var head: ReplyHead?
    var bytes: [UInt8] = []
    var isPaused = false
    var isUnwanted = false
    var isTooLarge = false
    var end: End?
    var waiter: CheckedContinuation<Void, Never>?
  }

  private enum End {
    case whole
    case failed(ExchangeFailure)
  }

  private let number: UInt64
  private let buffering: HTTPRequest.Buffering
  private let mailbox: HTTPMailbox
  private let state = Mutex(State())

  init(_ number: UInt64, _ buffering: HTTPRequest.Buffering, _ mailbox: HTTPMailbox) {
    self.number = number
    self.buffering = buffering
    self.mailbox = mailbox
  }

  // MARK: The caller's side

  /// The final reply's head.
  func head() async throws(ExchangeFailure) -> ReplyHead {
    while true {
      let (head, end) = state.withLock { ($0.head, $0.end) }
      if let head { return head }
      if case .failed(let failure) = end { throw failure }
      await news { $0.head != nil || $0.end != nil }
    }
  }

  /// The next part of the body; nil at its end.
  func next() async throws(ExchangeFailure) -> [UInt8]? {
    while true {
      let (part, end, wasPaused) = state.withLock { state in
        defer {
          state.bytes = []
          state.isPaused = false
        }
        return (state.bytes, state.end, state.isPaused)
      }
      if wasPaused { mailbox.resume(number) }
      if !part.isEmpty { return part }
      switch end {
      case .whole: return nil
      case .failed(let failure): throw failure
      case nil: await news { !$0.bytes.isEmpty || $0.isPaused || $0.end != nil }
      }
    }
  }

  /// The whole body.
  func body() async throws(ExchangeFailure) -> [UInt8] {
    await news { $0.end != nil }
    var bytes: [UInt8] = []
    while let part = try await next() {
      if bytes.isEmpty { bytes = part } else { bytes += part }
    }
    return bytes
  }

  /// Ends the exchange if it is not finished.
  ///
  /// The caller gets the reached state.
  func cancel() { mailbox.cancel(number) }

  /// Limits the remaining time.
  func limit(to time: Duration) { mailbox.limit(number, to: time) }

  /// Ends the exchange, because the rest is not needed.
  func abandon() {
    let isOver = state.withLock { state in
      state.isUnwanted = true
      return state.end != nil
    }
    if !isOver { mailbox.cancel(number) }
  }

  private func news(_ isThere: @Sendable (borrowing State) -> Bool) async {
    await withCheckedContinuation { continuation in
      let isNow = state.withLock { state in
        if isThere(state) { return true }
        state.waiter = continuation
        return false
      }
      if isNow { continuation.resume() }
    }
  }

  // MARK: The engine's side

  /// Whether the network waits for the caller.
  var isPaused: Bool { state.withLock { $0.isPaused } }

  /// Whether the limit, if any, is exceeded.
  var excess: Int? {
    guard case .whole(let limit) = buffering else { return nil }
    return state.withLock { $0.isTooLarge } ? limit : nil
  }

  func deliver(_ head: ReplyHead) {
    update { state in
      state.head = head
      if case .whole(let limit) = buffering, let length = head.headers.bodyLength {
        state.isTooLarge = length > Int64(limit)
      }
    }
  }

  func deliver(_ bytes: UnsafeBufferPointer<UInt8>) -> http_body_answer {
    var answer = HTTP_TAKEN
    update { state in
      switch buffering {
      case _ where state.isUnwanted || state.isTooLarge: answer = HTTP_ABORT
      case .whole(let limit) where state.bytes.count + bytes.count > limit:
        state.isTooLarge = true
        answer = HTTP_ABORT
      case .pausing(let limit) where state.bytes.count >= limit:
        state.isPaused = true
        answer = HTTP_PAUSE
      case .whole, .pausing: state.bytes.append(contentsOf: bytes)
      }
    }
    return answer
  }

  /// The body is complete.
  func finish() { update { $0.end = $0.end ?? .whole } }

  func fail(_ failure: ExchangeFailure) { update { $0.end = $0.end ?? .failed(failure) } }

  private func update(_ change: (inout State) -> Void) {
    let waiter = state.withLock { state in
      change(&state)
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }
}
