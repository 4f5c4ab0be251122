import Synchronization

/// The order in which the workers of a run change the catalog, one at a time.
///
/// A worker waits without blocking a thread. Requests and replies come before images, so that a free slot does
/// not wait for the images of other generations.
final class WriteOrder: Sendable {
  enum Urgency {
    /// A request or its reply.
    case urgent
    /// All other changes.
    case usual
  }

  private struct State {
    var isTaken = false
    var urgent: [CheckedContinuation<Void, Never>] = []
    var usual: [CheckedContinuation<Void, Never>] = []

    mutating func next() -> CheckedContinuation<Void, Never>? {
      if !urgent.isEmpty { return urgent.removeFirst() }
      return usual.isEmpty ? nil : usual.removeFirst()
    }
  }

  private let state = Mutex(State())

  /// The number of changes that wait.
  var waiting: Int { state.withLock { $0.urgent.count + $0.usual.count } }

  /// Runs `change` when it is its turn.
  func inTurn<Value>(_ urgency: Urgency, _ change: () throws -> Value) async throws -> Value {
    await take(urgency)
    defer { giveBack() }
    return try change()
  }

  func take(_ urgency: Urgency) async {
    await withCheckedContinuation { waiter in
      let isFree = state.withLock { state in
        if !state.isTaken {
          state.isTaken = true
          return true
        }
        switch urgency {
        case .urgent: state.urgent.append(waiter)
        case .usual: state.usual.append(waiter)
        }
        return false
      }
      if isFree { waiter.resume() }
    }
  }

  func giveBack() {
    let next = state.withLock { state in
      let next = state.next()
      state.isTaken = next != nil
      return next
    }
    next?.resume()
  }
}
