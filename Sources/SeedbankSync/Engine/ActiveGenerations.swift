import SeedbankModel
import SeedbankQuery
import Synchronization

/// Who is in this run's hands, or has been and was left: nobody is handed out twice. Those that came
/// to their end are forgotten, so that it stays small.
final class ActiveGenerations: Sendable {
  private struct State {
    var known: Set<GenerationID> = []
    var atWork = 0
  }

  private let state = Mutex(State())

  var isIdle: Bool { state.withLock { $0.atWork == 0 } }

  func knows(_ id: GenerationID) -> Bool { state.withLock { $0.known.contains(id) } }

  func begin(_ id: GenerationID) {
    state.withLock { state in
      state.known.insert(id)
      state.atWork += 1
    }
  }

  func end(_ id: GenerationID, isSettled: Bool) {
    state.withLock { state in
      if isSettled { state.known.remove(id) }
      state.atWork -= 1
    }
  }
}
