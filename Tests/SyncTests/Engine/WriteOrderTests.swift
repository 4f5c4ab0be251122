import SeedbankModel
import SeedbankStorage
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

  @Test("changes that wait at the same time are written together, and each gets its own result")
  func together() async throws {
    try await Workbench.with { bench in
      let ids = try bench.record(count: 3)
      let observed = Mutex<[[Status]]>([])
      let other = bench.library
      let library = try Library.open(other.folder, for: .writing) { _ in
        let statuses = ids.compactMap { try? other.workItem($0)?.status }
        observed.withLock { $0.append(statuses) }
      }
      let catalog = CatalogWriter(library: library, world: Workbench.world, patience: .zero)
      await catalog.order.take(.usual)
      let missing = GenerationID(999)
      let results = await withTaskGroup(of: (GenerationID, Bool).self) { group in
        for (number, id) in (ids + [missing]).enumerated() {
          group.addTask {
            let mark = CatalogChange.advance(
              id, .submit(to: "https://a"), at: Timestamp(seconds: 1))
            do {
              try await catalog.make(mark)
              return (id, true)
            } catch {
              return (id, error as? LibraryError != .noSuchGeneration(id))
            }
          }
          while catalog.order.waiting == number { await Task.yield() }
        }
        catalog.order.giveBack()
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      #expect(results == [ids[0]: true, ids[1]: true, ids[2]: true, missing: false])
      // All are on the disk when the first one is reported.
      let marked = [Status](repeating: .submitting, count: 3)
      #expect(observed.withLock { $0 } == [marked, marked, marked])
    }
  }

  @Test(
    "a change that the catalog cannot make does not affect those that were to be written with it")
  func impossible() async throws {
    try await Workbench.with { bench in
      let ids = try bench.record(count: 2)
      let image = CataloguedImage(
        position: 1, digest: Digest(of: [1]), format: "png", width: 1, height: 1, bytes: 1,
        perceptualHash: nil)
      let marks = ids.map {
        CatalogChange.advance($0, .submit(to: "https://a"), at: Timestamp(seconds: 1))
      }
      let results = bench.library.make([marks[0], .add(image, to: GenerationID(999)), marks[1]])
      #expect(results.map { (try? $0.get()) != nil } == [true, false, true])
      #expect(try ids.map { try bench.status($0) } == [.submitting, .submitting])
    }
  }
}
