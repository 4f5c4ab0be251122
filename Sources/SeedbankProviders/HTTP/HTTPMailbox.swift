import CCurl
import Synchronization

/// The requests of callers, until the engine's thread takes them.
final class HTTPMailbox: Sendable {
  struct Orders {
    var begun: [Begun] = []
    var resumed: [UInt64] = []
    var limited: [UInt64: Duration] = [:]
    var cancelled: [UInt64] = []
    var isStopping = false
  }

  struct Begun: Sendable {
    let number: UInt64
    let request: HTTPRequest
    let exchange: HTTPExchange
  }

  private enum Phase { case idle, running, ended }

  private struct State {
    var phase = Phase.idle
    var next: UInt64 = 0
    var orders = Orders()
    /// The address of the open multi handle of the running thread; 0 if there is none.
    var multi: UInt = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// - Returns: The exchange, and whether a thread must be started for it.
  func begin(_ request: HTTPRequest) -> (exchange: HTTPExchange, needsThread: Bool) {
    state.withLock { state in
      state.next += 1
      let exchange = HTTPExchange(state.next, request.buffering, self)
      guard !state.orders.isStopping else {
        exchange.fail(ExchangeFailure(isSent: false, cause: .connection(.shutDown)))
        return (exchange, false)
      }
      state.orders.begun.append(
        Begun(number: state.next, request: request, exchange: exchange))
      let needsThread = state.phase == .idle
      state.phase = .running
      Self.wake(state)
      return (exchange, needsThread)
    }
  }

  func resume(_ number: UInt64) { order { $0.resumed.append(number) } }

  func limit(_ number: UInt64, to time: Duration) { order { $0.limited[number] = time } }

  func cancel(_ number: UInt64) { order { $0.cancelled.append(number) } }

  /// Asks the thread to end everything.
  func stop() {
    state.withLock { state in
      state.orders.isStopping = true
      if state.phase == .idle { state.phase = .ended }
      Self.wake(state)
    }
  }

  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.phase == .ended { return true }
        state.waiters.append(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  private func order(_ change: (inout Orders) -> Void) {
    state.withLock { state in
      guard state.phase == .running else { return }
      change(&state.orders)
      Self.wake(state)
    }
  }

  private static func wake(_ state: borrowing State) {
    if let multi = OpaquePointer(bitPattern: state.multi) { http_multi_wake(multi) }
  }

  // MARK: The thread's side

  func take() -> Orders {
    state.withLock { state in
      defer { state.orders = Orders(isStopping: state.orders.isStopping) }
      return state.orders
    }
  }

  /// - Parameter multi: Nil if the handle is about to be closed.
  func publish(_ multi: OpaquePointer?) {
    let address = UInt(bitPattern: multi)
    state.withLock { $0.multi = address }
  }

  /// The thread cannot start.
  ///
  /// The waiting exchanges fail, and the next exchange tries again.
  func refuse(_ fault: ConnectionFault) {
    let begun = state.withLock { state in
      defer {
        state.phase = state.orders.isStopping ? .ended : .idle
        state.orders = Orders(isStopping: state.orders.isStopping)
      }
      return state.orders.begun
    }
    for begun in begun {
      begun.exchange.fail(ExchangeFailure(isSent: false, cause: .connection(fault)))
    }
    releaseWaiters()
  }

  /// The thread ends after a stop.
  func end() {
    state.withLock { $0.phase = .ended }
    releaseWaiters()
  }

  private func releaseWaiters() {
    let waiters = state.withLock { state in
      guard state.phase == .ended else { return [] as [CheckedContinuation<Void, Never>] }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
