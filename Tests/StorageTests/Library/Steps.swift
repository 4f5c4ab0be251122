import Synchronization

@testable import SeedbankStorage

/// Records the durable steps in the order in which they were taken.
final class Steps: Sendable {
  private let taken = Mutex<[DurableStep]>([])

  var all: [DurableStep] { taken.withLock { $0 } }

  func add(_ step: DurableStep) { taken.withLock { $0.append(step) } }
}
