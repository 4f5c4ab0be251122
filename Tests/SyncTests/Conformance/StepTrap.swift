import Dispatch
import SeedbankStorage
import Synchronization

/// Holds an engine at a durable step for good, as if its process were killed there.
///
/// The step is taken on a thread of the engine's own, never on one of Swift's.
final class StepTrap: Sendable {
  private let step: DurableStep
  private let isSprung = Mutex(false)
  private let release = DispatchSemaphore(value: 0)
  private let outcomes = AsyncStream.makeStream(of: Bool.self)

  init(at step: DurableStep) { self.step = step }

  /// Takes the step; only the first engine that comes to it is held.
  func pass(_ step: DurableStep) {
    guard step == self.step else { return }
    let isFirst = isSprung.withLock { isSprung in
      defer { isSprung = true }
      return !isSprung
    }
    guard isFirst else { return }
    outcomes.continuation.yield(true)
    release.wait()
  }

  /// Says that the engine came to its end without the step.
  func missed() { outcomes.continuation.yield(false) }

  /// Waits until the engine is held or has ended; returns whether it is held.
  func isHeld() async -> Bool {
    for await outcome in outcomes.stream { return outcome }
    return false
  }

  /// Lets the engine go on.
  func open() { release.signal() }
}
