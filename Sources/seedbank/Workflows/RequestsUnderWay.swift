import SeedbankModel
import SeedbankSync
import Synchronization

/// The generations whose requests were sent and are not answered yet.
final class RequestsUnderWay: Sendable {
  private let ids = Mutex<Set<GenerationID>>([])

  var isEmpty: Bool { ids.withLock(\.isEmpty) }

  /// Takes an event of a run into account.
  func take(_ event: SyncEvent) {
    switch event {
    case .submitting(let id): ids.withLock { _ = $0.insert(id) }
    case .accepted(let id, _), .offered(let id), .settled(let id, _, _), .left(let id, _, _):
      ids.withLock { _ = $0.remove(id) }
    case .polled, .downloading, .stored, .noted, .paused, .stopped, .queued: break
    }
  }
}
