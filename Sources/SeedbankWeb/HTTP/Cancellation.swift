import Synchronization

/// Whether the client has closed the connection.
final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    /// Ends the running work.
    var stop: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock(\.isCancelled) }

  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      // Called with the lock held, so that it cannot end other work that begins after this work.
      state.stop?()
    }
  }

  /// Runs `body`, unless the client has closed the connection.
  ///
  /// - Parameter stop: ends the work early. It is called on another thread when the client closes the connection, and
  ///   only while `body` runs.
  /// - Throws: `APIError.cancelled`, and the errors of `body`.
  func run<Value>(stop: @escaping @Sendable () -> Void, _ body: () throws -> Value) throws -> Value
  {
    try state.withLock { state in
      guard !state.isCancelled else { throw APIError.cancelled }
      state.stop = stop
    }
    defer { state.withLock { $0.stop = nil } }
    do {
      return try body()
    } catch {
      throw isCancelled ? APIError.cancelled : error
    }
  }
}
