import SeedbankModel
import SeedbankStorage
import Synchronization

/// The images of one segment that were sent, by several tasks.
final class SentImages: Sendable {
  struct Summary: Sendable {
    var count = 0
    var bytes: Int64 = 0
    /// Images whose files in this library are missing or damaged.
    var damaged: [Digest] = []
  }

  private struct State {
    var summary = Summary()
    /// Images that are not recorded yet.
    var finished: [Digest] = []
  }

  private let state = Mutex(State())

  var summary: Summary { state.withLock { $0.summary } }

  func add(_ image: PushedImage) {
    state.withLock { state in
      state.summary.count += 1
      state.summary.bytes = state.summary.bytes.addingSize(image.bytes)
      state.finished.append(image.digest)
    }
  }

  func addDamaged(_ image: Digest) { state.withLock { $0.summary.damaged.append(image) } }

  /// Takes the images that are not recorded yet; none if they are fewer than `least`.
  func takeFinished(atLeast least: Int = 1) -> [Digest] {
    state.withLock { state in
      guard state.finished.count >= least else { return [] }
      defer { state.finished = [] }
      return state.finished
    }
  }
}
