import Dispatch
import SeedbankStorage
import Synchronization

/// Stops an engine permanently at a durable step, as if its process were killed there.
///
/// The step is taken on a thread of the engine, never on a thread of Swift's pool.
final class StepTrap: Sendable {
  private let step: DurableStep
  private let isSprung = Mutex(false)
  private let release = DispatchSemaphore(value: 0)
  private let outcomes = AsyncStream.makeStream(of: Bool.self)

  init(at step: DurableStep) { self.step = step }

  /// Takes the step; only the first engine that takes it is stopped.
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

  /// Reports that the engine ended without the step.
  func missed() { outcomes.continuation.yield(false) }

  /// Waits until the engine is stopped or has ended; returns whether it is stopped.
  func isHeld() async -> Bool {
    for await outcome in outcomes.stream { return outcome }
    return false
  }

  /// Lets the engine continue.
  func open() { release.signal() }
}
