import SeedbankModel
import SeedbankQuery
import Synchronization

/// The generations that this run works on, or has worked on and left.
///
/// No generation is given out twice. Finished ones are removed, so that the set stays small.
final class ActiveGenerations: Sendable {
  private struct State {
    var known: Set<GenerationID> = []
    var atWork = 0
  }

  private let state = Mutex(State())

  var isIdle: Bool { state.withLock { $0.atWork == 0 } }

  func knows(_ id: GenerationID) -> Bool { state.withLock { $0.known.contains(id) } }

  /// Gives a generation to a worker.
  ///
  /// - Returns: false, without a change, if it was given out before.
  func begin(_ id: GenerationID) -> Bool {
    state.withLock { state in
      guard state.known.insert(id).inserted else { return false }
      state.atWork += 1
      return true
    }
  }

  func end(_ id: GenerationID, isSettled: Bool) {
    state.withLock { state in
      if isSettled { state.known.remove(id) }
      state.atWork -= 1
    }
  }
}
