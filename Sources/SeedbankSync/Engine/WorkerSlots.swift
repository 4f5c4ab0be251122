import Synchronization

/// The slots for generations that are processed, and the stages for those that wait.
final class WorkerSlots: Sendable {
  /// The stage of a generation that has given up its slot.
  enum Stage: CaseIterable {
    /// New jobs, between their polls.
    case polling
    /// Slow jobs, until they are finished.
    case waiting
    /// Offered images, until they are in the library.
    case downloading
  }

  private struct State {
    var free: Int
    var seats: [Stage: Int]
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(count: Int, seats: [Stage: Int] = [:]) {
    state = Mutex(State(free: max(1, count), seats: seats.mapValues { max(0, $0) }))
  }

  /// Takes a slot as soon as one is free.
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

  /// Gives the slot to the worker that has waited longest.
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

  /// Moves from a slot or another stage to a stage.
  ///
  /// Returns false if the stage is full.
  ///
  /// - Parameter origin: the stage to leave; nil for a slot.
  func move(from origin: Stage? = nil, to stage: Stage) -> Bool {
    let hasSeat = state.withLock { state in
      guard let seats = state.seats[stage], seats > 0 else { return false }
      state.seats[stage] = seats - 1
      return true
    }
    guard hasSeat else { return false }
    if let origin { leave(origin) } else { giveBack() }
    return true
  }

  func leave(_ stage: Stage) { state.withLock { $0.seats[stage, default: 0] += 1 } }
}
