import Synchronization
import Testing

@testable import SeedbankSync

@Suite("The order of changes to the catalog")
struct WriteOrderTests {
  /// The names of changes in the order in which they were made.
  private final class Names: Sendable {
    private let names = Mutex<[String]>([])
    var list: [String] { names.withLock { $0 } }
    func append(_ name: String) { names.withLock { $0.append(name) } }
  }

  @Test("is that of their arrival, but requests and replies come before images")
  func order() async throws {
    let order = WriteOrder()
    let done = Names()
    await order.take(.usual)
    let changes: [(String, WriteOrder.Urgency)] = [
      ("image 1", .usual), ("request 1", .urgent), ("image 2", .usual), ("reply", .urgent),
    ]
    var tasks: [Task<Void, any Error>] = []
    for (number, (name, urgency)) in changes.enumerated() {
      tasks.append(
        Task { try await order.inTurn(urgency) { done.append(name) } })
      while order.waiting == number { await Task.yield() }
    }
    #expect(done.list.isEmpty)
    order.giveBack()
    for task in tasks { try await task.value }
    #expect(done.list == ["request 1", "reply", "image 1", "image 2"])
    #expect(order.waiting == 0)
  }

  @Test("is free again after a change that throws")
  func failure() async throws {
    let order = WriteOrder()
    await #expect(throws: CancellationError.self) {
      try await order.inTurn(.urgent) { throw CancellationError() }
    }
    #expect(try await order.inTurn(.usual) { 7 } == 7)
  }
}
