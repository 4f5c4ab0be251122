import Synchronization

/// The places at which generations are worked on, and the rooms beside them.
final class WorkerSlots: Sendable {
  /// Where a generation may go on that has given its place to another.
  enum Room: CaseIterable {
    /// For jobs that the gateway has just taken up, between their polls.
    case polling
    /// For slow jobs, until they are done.
    case waiting
    /// For what is offered, until it is in the library.
    case downloading
  }

  private struct State {
    var free: Int
    var seats: [Room: Int]
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(count: Int, seats: [Room: Int] = [:]) {
    state = Mutex(State(free: max(1, count), seats: seats.mapValues { max(0, $0) }))
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

  /// Changes a place, or a seat in another room, for a seat in a room; false where that is full.
  ///
  /// - Parameter origin: the room that is left; nil where it is a place.
  func move(from origin: Room? = nil, to room: Room) -> Bool {
    let hasRoom = state.withLock { state in
      guard let seats = state.seats[room], seats > 0 else { return false }
      state.seats[room] = seats - 1
      return true
    }
    guard hasRoom else { return false }
    if let origin { leave(origin) } else { giveBack() }
    return true
  }

  func leave(_ room: Room) { state.withLock { $0.seats[room, default: 0] += 1 } }
}
