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
  private let open: @Sendable () throws -> Library
  private let state: Mutex<State>
  private let path: FilePath
  /// With more changes than this, one event is sent that says so.
  private static let mostEvents = 1_000

  /// - Parameters:
  ///   - now: the milliseconds with which numbers start if no earlier number is known. No earlier run has
  ///     reached them.
  ///   - open: opens a separate connection, because SQLite does not count changes of the same connection.
  /// - Throws: `LibraryError`.
  init(now: Timestamp, open: @escaping @Sendable () throws -> Library) throws {
    self.open = open
    let library = try open()
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
      guard !state.library.isReplaced else { return try startAgain(&state) }
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

  /// Continues with the library that has taken the place of this one, in which everything can differ.
  private func startAgain(_ state: inout State) throws {
    let library = try open()
    state = State(library: library, position: try library.position())
    EventState(last: hub.last + 1, position: state.position).write(to: path)
    hub.send(.many)
  }
}
