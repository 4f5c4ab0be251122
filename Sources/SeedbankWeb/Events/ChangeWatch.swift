import FilePaths
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Synchronization

/// Finds changes of the catalog, by this process and by others, and sends them as events.
final class ChangeWatch: Sendable {
  private struct State {
    var library: Library
    var version: Int64?
    var position: CatalogPosition
  }

  let hub: EventHub
  private let state: Mutex<State>
  private let path: FilePath
  /// With more changes than this, one event is sent that says so.
  private static let mostEvents = 1_000

  /// - Parameters:
  ///   - library: a separate connection, because SQLite does not count changes of the same connection.
  ///   - now: the milliseconds with which numbers start if no earlier number is known. No earlier run has
  ///     reached them.
  /// - Throws: `LibraryError`.
  init(_ library: Library, now: Timestamp) throws {
    path = EventState.path(in: library.folder)
    let earlier = EventState.read(from: path)
    if let earlier, let position = earlier.position {
      hub = EventHub(last: earlier.last)
      state = Mutex(State(library: library, position: position))
      try look()
    } else {
      let position = try library.position()
      let start = EventState(
        last: max(now.milliseconds, (earlier?.last ?? 0) + 1), position: position)
      start.write(to: path)
      hub = EventHub(last: start.last)
      state = Mutex(State(library: library, position: position))
    }
  }

  /// Sends the changes since the last call.
  ///
  /// Without changes, it takes microseconds.
  /// - Throws: `LibraryError`.
  func look() throws {
    try state.withLock { state in
      let version = try state.library.foreignChanges()
      guard version != state.version else { return }
      let (changes, position) = try state.library.changes(
        since: state.position, limit: Self.mostEvents)
      state.version = version
      let isNews = position != state.position
      state.position = position
      guard isNews || changes != .generations([]) else { return }
      let count =
        if case .generations(let changes) = changes { Int64(changes.count) } else { Int64(1) }
      // Written before the events are sent, so that no number is ever sent twice.
      EventState(last: hub.last + count, position: position).write(to: path)
      hub.send(changes)
    }
  }
}
