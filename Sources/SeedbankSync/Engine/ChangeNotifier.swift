import Synchronization

/// Wakes the tasks that wait for a change.
final class ChangeNotifier: Sendable {
  private struct State {
    var version = 0
    var number = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// The number of changes.
  ///
  /// Read it before looking at the data, so that no change is missed.
  var version: Int { state.withLock(\.version) }

  /// Reports a change.
  func notify() {
    let waiters = state.withLock { state in
      state.version += 1
      defer { state.waiters = [:] }
      return state.waiters.values
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns when there was a change after `version`, or when the task is cancelled.
  func wait(after version: Int) async {
    let number = state.withLock { state in
      state.number += 1
      return state.number
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        let isOver = state.withLock { state in
          if state.version != version || Task.isCancelled { return true }
          state.waiters[number] = waiter
          return false
        }
        if isOver { waiter.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }
}
