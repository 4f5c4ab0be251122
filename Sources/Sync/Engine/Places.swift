import Synchronization

/// The places at which generations are worked on, and those at which slow jobs are waited for.
final class Places: Sendable {
  private struct State {
    var free: Int
    var waitingRoom: Int
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(count: Int, waitingRoom: Int) {
    state = Mutex(State(free: max(1, count), waitingRoom: max(0, waitingRoom)))
  }

  /// Takes a place, as soon as one is free.
  func take() async {
    await withCheckedContinuation { waiter in
      let isFree = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return true
        }
        state.waiters.append(waiter)
        return false
      }
      if isFree { waiter.resume() }
    }
  }

  /// Gives the place to whoever has waited longest.
  func giveBack() {
    let next: CheckedContinuation<Void, Never>? = state.withLock { state in
      if state.waiters.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiters.removeFirst()
    }
    next?.resume()
  }

  /// Changes a place for a seat in the waiting room; false where that is full.
  func moveToWaitingRoom() -> Bool {
    let hasRoom = state.withLock { state in
      guard state.waitingRoom > 0 else { return false }
      state.waitingRoom -= 1
      return true
    }
    if hasRoom { giveBack() }
    return hasRoom
  }

  func leaveWaitingRoom() { state.withLock { $0.waitingRoom += 1 } }
}
