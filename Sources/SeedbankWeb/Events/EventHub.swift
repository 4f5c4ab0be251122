import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Synchronization

/// One subscription.
final class EventSubscription: Sendable {
  private let end: @Sendable () -> Void

  init(end: @escaping @Sendable () -> Void) { self.end = end }

  func cancel() { end() }
}

/// Numbers events and sends them to subscribers.
///
/// Keeps the most recent events for subscribers that reconnect.
final class EventHub: Sendable {
  private struct Entry {
    let number: Int64
    let text: String
  }

  private struct State {
    var last: Int64
    /// Events up to this one are not stored.
    var floor: Int64
    var recent: [Entry] = []
    var subscribers: [Int: @Sendable (String) -> Void] = [:]
    var nextSubscriber = 0
    var isClosed = false
  }

  private let state: Mutex<State>
  /// The number of stored events.
  private static let remembered = 2_000

  /// - Parameter last: the number of the last event that an earlier run of the server sent.
  init(last: Int64) { state = Mutex(State(last: last, floor: last)) }

  var last: Int64 { state.withLock(\.last) }

  var hasSubscribers: Bool { state.withLock { !$0.subscribers.isEmpty } }

  /// Starts to send events.
  ///
  /// - Parameter number: the last event that the subscriber has seen. If later ones are no longer stored,
  ///   it is told to read everything again.
  /// - Returns: nil if the server stops.
  func subscribe(
    after number: Int64?, deliver: @escaping @Sendable (String) -> Void
  ) -> EventSubscription? {
    state.withLock { state in
      guard !state.isClosed else { return nil }
      let identity = state.nextSubscriber
      state.nextSubscriber += 1
      var text = "retry: 1000\n"
      switch number {
      case let number? where number < state.floor || number > state.last:
        text += Self.reset(state.last)
      case let number?:
        text += "\n"
        for entry in state.recent where entry.number > number { text += entry.text }
      // An event without data only contains the number.
      case nil: text += "id: \(state.last)\n\n"
      }
      deliver(text)
      state.subscribers[identity] = deliver
      return EventSubscription { [weak self] in
        self?.state.withLock { _ = $0.subscribers.removeValue(forKey: identity) }
      }
    }
  }

  /// Numbers the changes and sends them.
  func send(_ changes: CatalogChanges) {
    state.withLock { state in
      var text = ""
      switch changes {
      case .many:
        state.last += 1
        text = Self.reset(state.last)
        // A subscriber that reconnects later is told to read everything again, too.
        state.recent = []
        state.floor = state.last
      case .generations(let changes):
        for change in changes {
          state.last += 1
          let entry = Entry(number: state.last, text: Self.event(change, state.last))
          state.recent.append(entry)
          text += entry.text
        }
        let surplus = state.recent.count - Self.remembered
        if surplus > 0 {
          state.floor = state.recent[surplus - 1].number
          state.recent.removeFirst(surplus)
        }
      }
      guard !text.isEmpty else { return }
      for deliver in state.subscribers.values { deliver(text) }
    }
  }

  /// Ends all subscriptions.
  ///
  /// New ones are refused.
  func close() {
    state.withLock {
      $0.isClosed = true
      $0.subscribers = [:]
    }
  }

  private static func reset(_ number: Int64) -> String {
    "id: \(number)\nevent: reset\ndata: {}\n\n"
  }

  private static func event(_ change: GenerationChange, _ number: Int64) -> String {
    var data = JSONWriter()
    data.object { object in
      object.member("id", change.id.rawValue)
      object.member("uid", change.uid?.description)
      object.member("kind", change.kind.rawValue)
    }
    return "id: \(number)\nevent: generation\ndata: \(data.text)\n\n"
  }
}
