import Synchronization

@testable import SeedbankStorage

/// The durable steps that were taken, in their order.
final class Steps: Sendable {
  private let taken = Mutex<[DurableStep]>([])

  var all: [DurableStep] { taken.withLock { $0 } }

  func add(_ step: DurableStep) { taken.withLock { $0.append(step) } }
}
