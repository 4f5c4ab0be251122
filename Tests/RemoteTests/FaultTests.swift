import Foundation
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote

@Suite("An exchange over a disturbed network") struct FaultTests {
  private static func proxied(
    _ plan: [FaultProxy.Fault], retry: Retry = Retry(pause: { _ in })
  ) async throws -> (disturbed: S3Store, direct: S3Store) {
    let server = try await ObjectServer.shared()
    let bucket = "faults-\(UUID().uuidString.lowercased().prefix(8))"
    let proxy = try await FaultProxy(to: server.port, plan)
    func store(_ endpoint: String) throws -> S3Store {
      try StoreFixture.store("s3://\(bucket)/p?endpoint=\(endpoint)&style=path", retry: retry)
    }
    let direct = try store(server.url("127.0.0.1"))
    try await StoreFixture.makeBucket(direct)
    return (try store(proxy.url), direct)
  }

  @Test(
    "push and pull have the same result if every second request fails",
    arguments: [
      [.none, .cut], [.none, .lost], [.none, .truncated],
      [.none, .internalError, .none, .slowDown],
      [.delayed, .cut, .none, .slowDown, .none, .lost, .delayed, .truncated, .none],
    ] as [[FaultProxy.Fault]])
  func exchange(_ plan: [FaultProxy.Fault]) async throws {
    let (disturbed, direct) = try await Self.proxied(plan)
    let (ana, bo) = (try Replica(), try Replica())
    let ids = try ana.plant(["cat", "dog", "owl"], seed: 1)
    let pushed = try await ana.push(disturbed)
    #expect(pushed.images == 3 && pushed.problems.isEmpty)
    try ana.edit(.rate(4), ids)
    try await ana.push(disturbed)
    let pulled = try await bo.pull(disturbed)
    #expect(pulled.images == 3 && pulled.problems.isEmpty)
    try bo.edit(.note("seen"), try bo.ids())
    try await bo.push(disturbed)
    try await ana.pull(disturbed)
    #expect(try ana.exchanged() == bo.exchanged())
    #expect(try await ana.connection(disturbed).check(deep: true).problems.isEmpty)
    #expect(try await ana.connection(direct).check(deep: true).problems.isEmpty)
    await disturbed.close()
    await direct.close()
  }

  @Test(
    "a service that stays unavailable is tried six times, with growing pauses",
    arguments: [FaultProxy.Fault.slowDown, .internalError])
  func unavailable(_ fault: FaultProxy.Fault) async throws {
    let pauses = Mutex<[Duration]>([])
    let (disturbed, direct) = try await Self.proxied(
      [fault], retry: Retry(pause: { pause in pauses.withLock { $0.append(pause) } }))
    let status = fault == .slowDown ? 503 : 500
    await #expect(throws: RemoteError.unavailable(status: status)) {
      _ = try await disturbed.read("heads/a", limit: 10)
    }
    #expect(pauses.withLock { $0 } == [250, 500, 1000, 2000, 4000].map { .milliseconds($0) })
    await disturbed.close()
    await direct.close()
  }
}
