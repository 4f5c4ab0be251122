import Foundation
import Synchronization

/// An event that happens once.
///
/// Tasks and threads can wait for it.
final class Event: Sendable {
  private let state = Mutex<(hasHappened: Bool, waiters: [CheckedContinuation<Void, Never>])>(
    (false, []))
  private let semaphore = DispatchSemaphore(value: 0)

  var hasHappened: Bool { state.withLock { $0.hasHappened } }

  func happen() {
    let waiters = state.withLock { state in
      defer { state = (true, []) }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
    semaphore.signal()
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isNow = state.withLock { state in
        if !state.hasHappened { state.waiters.append(continuation) }
        return state.hasHappened
      }
      if isNow { continuation.resume() }
    }
  }

  /// Blocks until the event has happened; only for threads outside Swift's pool.
  func waitOnThread() {
    semaphore.wait()
    semaphore.signal()
  }
}
