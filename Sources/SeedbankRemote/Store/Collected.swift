import Synchronization

/// Elements that arrive from several tasks.
final class Collected<Element: Sendable>: Sendable {
  private let state = Mutex<[Element]>([])

  var elements: [Element] { state.withLock { $0 } }

  func add(_ elements: [Element]) { state.withLock { $0 += elements } }
}
