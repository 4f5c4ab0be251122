import FilePaths
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Libraries that create one remote at the same time") struct FirstPushTests {
  private let ana: Replica
  private let bo: Replica

  init() throws { (ana, bo) = (try Replica(), try Replica()) }

  /// - Parameter number: makes the id of a remote that is created.
  private static func connection(
    _ replica: Replica, _ store: any RemoteStore, _ number: UInt64, name: String = "team"
  ) throws -> RemoteConnection {
    let plain = try replica.connection(store, name: name)
    return RemoteConnection(
      library: plain.library, name: plain.name, store: store, retry: plain.retry, now: plain.now,
      random: { number }, pace: plain.pace)
  }

  private static func remoteID(of replica: Replica) throws -> String? {
    try replica.library().remotes().first?.id
  }

  /// Lets `ana` make her first push, and `bo` his whole first push in the middle of it.
  private func pushTogether(
    _ store: any RemoteStore, refusingSecond: Bool
  ) async throws -> GenerationID {
    try ana.plant(["cat"], seed: 1)
    try bo.plant(["dog"], seed: 2)
    let queued = try #require(try bo.queue(1, seed: 3).first)
    let rival = RivalStore(store, refusingSecond: refusingSecond) { [bo] in
      _ = try await Self.connection(bo, store, 2).push()
    }
    let report = try await Self.connection(ana, rival, 1).push()
    #expect(report.generations == 1 && !report.tookNewID)
    return queued
  }

  /// Expects that `bo` keeps its id and its work, and that its next push sends this number of generations.
  private func expectContinued(
    _ store: any RemoteStore, _ queued: GenerationID, sending count: Int
  ) async throws {
    let library = try bo.library().libraryID()
    try bo.plant(["fox"], seed: 4)
    let report = try await Self.connection(bo, store, 3).push()
    #expect(report.generations == count && !report.tookNewID)
    #expect(try bo.library().libraryID() == library)
    #expect(try bo.library().generation(queued)?.status == .queued)
    #expect(try Self.remoteID(of: ana) == Self.remoteID(of: bo))
    for replica in [ana, bo] { try await replica.pull(store) }
    #expect(try ana.exchanged() == bo.exchanged())
    #expect(try await ana.connection(store).check(deep: true).problems.isEmpty)
  }

  @Test("use the remote of the first one", arguments: StoreKind.allCases)
  func oneWins(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let queued = try await pushTogether(fixture.store, refusingSecond: true)
    #expect(try Self.remoteID(of: ana) == Self.remoteID(of: bo))
    try await expectContinued(fixture.store, queued, sending: 1)
    await fixture.store.close()
  }

  @Test("keep their ids if one replaced the remote's id, and the other one sends all again")
  func bothWrite() async throws {
    let fixture = try await StoreFixture(.folder)
    let queued = try await pushTogether(fixture.store, refusingSecond: false)
    #expect(try Self.remoteID(of: ana) != Self.remoteID(of: bo))
    try await expectContinued(fixture.store, queued, sending: 3)
  }

  @Test("a library that only reads reads everything again if the remote's id was replaced")
  func reader() async throws {
    let fixture = try await StoreFixture(.folder)
    try ana.plant(["cat"], seed: 1)
    try await ana.push(fixture.store)
    #expect(try await bo.pull(fixture.store).segments == 1)
    try await fixture.store.write(
      Array(#"{"seedbank_remote":1,"id":"0123456789abcdef0123456789abcdef"}"#.utf8),
      to: RemoteLayout.format)
    let again = try await bo.pull(fixture.store)
    #expect(again.segments == 1 && again.added == 0 && again.problems.isEmpty)
    #expect(try Self.remoteID(of: bo) == "0123456789abcdef0123456789abcdef")
  }

  @Test("a library that finds another remote with a segment of the same number reads that segment")
  func sameCounter() async throws {
    let (first, second) = (try await StoreFixture(.folder), try await StoreFixture(.folder))
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    _ = try await Self.connection(ana, first.store, 1).push(only: [ids[0]])
    #expect(try await bo.pull(first.store).added == 1)
    _ = try await Self.connection(ana, second.store, 2, name: "other").push()
    let pulled = try await bo.pull(second.store)
    #expect(pulled.added == 1 && pulled.problems.isEmpty)
  }

  @Test("a library that finds another remote at the address, and later the first one, stays itself")
  func otherRemote() async throws {
    let (first, second) = (try await StoreFixture(.folder), try await StoreFixture(.folder))
    let queued = try #require(try ana.queue(1, seed: 1).first)
    try ana.plant(["cat"], seed: 2)
    try await ana.push(first.store)
    _ = try await Self.connection(bo, second.store, 9).push()
    for store in [second.store, first.store, second.store] {
      let report = try await ana.push(store)
      #expect(report.generations == 2 && !report.tookNewID)
    }
    #expect(try ana.library().generation(queued)?.status == .queued)
    for store in [first.store, second.store] {
      let reader = try Replica()
      #expect(try await reader.pull(store).problems.isEmpty)
      #expect(try reader.exchanged() == ana.exchanged())
    }
  }
}

/// A store that calls a function once, when a library has read `format.json` and before it creates the file.
private final class RivalStore: ForwardingStore {
  let store: any RemoteStore
  private let refusesSecond: Bool
  private let act: @Sendable () async throws -> Void
  private let hasActed = Mutex(false)

  /// - Parameter refusingSecond: whether an object that exists is not created again.
  init(
    _ store: any RemoteStore, refusingSecond: Bool, act: @escaping @Sendable () async throws -> Void
  ) {
    self.store = store
    refusesSecond = refusingSecond
    self.act = act
  }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    let bytes = try await store.read(key, limit: limit)
    let isFirst = hasActed.withLock { hasActed in
      defer { hasActed = true }
      return !hasActed
    }
    if key == RemoteLayout.format, isFirst { try await act() }
    return bytes
  }

  func create(_ bytes: [UInt8], at key: String) async throws -> Bool {
    if refusesSecond { return try await store.create(bytes, at: key) }
    try await store.write(bytes, to: key)
    return true
  }
}
