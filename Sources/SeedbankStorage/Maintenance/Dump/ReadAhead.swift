import Dispatch
import SeedbankQuery
import Synchronization

/// Makes elements on another thread while earlier ones are being used, a few ahead and in their order.
final class ReadAhead<Element: Sendable>: Sendable {
  private struct State {
    var ready: [Result<Element?, any Error>] = []
    var isAbandoned = false
  }

  private let state = Mutex(State())
  /// It starts at zero and is raised, because a semaphore that is released below its initial value
  /// ends the process.
  private let room = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)
  private let end = DispatchGroup()

  /// - Parameters:
  ///   - depth: the number of elements that may wait.
  ///   - produce: passes elements to `give` until that returns false or there are no more.
  init(
    depth: Int, produce: @escaping @Sendable (_ give: (Element) -> Bool) throws -> Void
  ) {
    for _ in 0..<depth { room.signal() }
    let work = OneShotWork { [self] in try produce { element in put(.success(element)) } }
    // A separate queue has a separate thread, also if the others are busy.
    DispatchQueue(label: "seedbank.read-ahead").async(group: end) { [self] in
      do {
        try work.run()
        _ = put(.success(nil))
      } catch {
        _ = put(.failure(error))
      }
    }
  }

  /// The next element; nil at the end, after which it must not be asked again.
  ///
  /// - Throws: what `produce` threw, in its place.
  func next() throws -> Element? {
    filled.wait()
    let result = state.withLock { $0.ready.removeFirst() }
    room.signal()
    return try result.get()
  }

  /// Nothing more is wanted.
  ///
  /// What makes the elements can still be at work.
  func abandon() {
    state.withLock { $0.isAbandoned = true }
    room.signal()
  }

  /// Waits until what makes the elements has ended and is released.
  ///
  /// After ``abandon()``, it ends when it passes on its next element.
  func waitForEnd() { end.wait() }

  private func put(_ result: Result<Element?, any Error>) -> Bool {
    room.wait()
    let isWanted = state.withLock { state in
      if !state.isAbandoned { state.ready.append(result) }
      return !state.isAbandoned
    }
    // The room that `abandon` made stays, because the end is passed on after the last element.
    if isWanted { filled.signal() } else { room.signal() }
    return isWanted
  }
}
