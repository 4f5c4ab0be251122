import Foundation
import Synchronization

/// A clock that advances only when a test says so.
final class ManualClock: Sendable {
  private let state = Mutex<(now: Duration, readings: Int)>((.zero, 0))
  private let changed = NSCondition()
  private let hook: @Sendable (Int) -> Duration

  /// - Parameter hook: called at each reading, on the reader's thread, with the number of the
  ///   reading from 1. It returns the time that passes before the reading.
  init(hook: @escaping @Sendable (Int) -> Duration = { _ in .zero }) {
    self.hook = hook
  }

  func read() -> Duration {
    let reading = state.withLock { state in
      state.readings += 1
      return state.readings
    }
    let passed = hook(reading)
    let now = state.withLock { state in
      state.now += passed
      return state.now
    }
    changed.lock()
    changed.broadcast()
    changed.unlock()
    return now
  }

  func advance(by duration: Duration) { state.withLock { $0.now += duration } }

  /// Blocks a thread outside Swift's pool until the clock has been read again.
  func waitForReading() {
    changed.lock()
    let before = state.withLock { $0.readings }
    while state.withLock({ $0.readings }) == before { changed.wait() }
    changed.unlock()
  }
}
