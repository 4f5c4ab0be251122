import FilePaths
import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Snapshots on a remote") struct SnapshotTests: SharedRemoteSuite {
  let remote: SharedRemote

  init() throws { remote = try SharedRemote(shifts: (86_400_000, -86_400_000)) }

  /// Two libraries with edits of both, tags, unsent work and permanent deletions.
  private func fill(_ store: any RemoteStore) async throws {
    let ids = try ana.plantPictures(["cat", "dog", "owl"], seed: 1)
    try ana.queue(1, seed: 3)
    try await ana.push(store)
    try await bo.pull(store)
    try bo.edit(.tag(add: [try #require(TagName("a"))], remove: []), try bo.ids())
    try bo.plant(["fox"], seed: 4)
    try await bo.push(store)
    try await ana.pull(store)
    for stars in 1...5 {
      try ana.edit(.rate(stars), ids)
      try await ana.push(store)
    }
    try ana.edit(.trash, [ids[2]])
    try ana.library().emptyTrash(at: ana.now)
    try await ana.push(store)
  }

  private func snapshot(_ replica: Replica, _ store: any RemoteStore) async throws -> SnapshotReport
  {
    try await replica.connection(store).writeSnapshot()
  }

  @Test(
    "a clone reads the snapshot and only the segments after it, and is equal to the library",
    arguments: StoreKind.allCases)
  func clone(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let store = fixture.store
    try await fill(store)
    #expect(try await snapshot(ana, store).generations == 4)
    try ana.edit(.note("after"), [try ana.ids()[0]])
    try await ana.push(store)
    let cleo = try Replica()
    let pulled = try await cleo.pull(store)
    #expect(pulled.segments == 1 && pulled.added == 4 && pulled.problems.isEmpty)
    #expect(try cleo.exchanged() == ana.exchanged() && cleo.missingImages() == 0)
    #expect(try cleo.library().check().isSound)
    #expect(pulled.held == 1, "unsent work of the writer is held")
    // The clone takes part like any other library.
    #expect(try await cleo.push(store).generations == 0)
    try cleo.edit(.note("mine"), [try cleo.ids()[1]])
    try await cleo.push(store)
    for replica in [ana, bo] { try await replica.pull(store) }
    #expect(try cleo.exchanged() == ana.exchanged())
    #expect(try await ana.connection(store).check(deep: true).problems.isEmpty)
    await store.close()
  }

  @Test("a library with changes that were not pushed writes no snapshot")
  func unpushed() async throws {
    try await fill(store)
    try ana.edit(.note("secret"), [try ana.ids()[0]])
    await #expect(throws: RemoteError.unpushed) { _ = try await snapshot(ana, store) }
    #expect(try await store.objects(in: RemoteLayout.snapshots).isEmpty)
  }

  @Test("snapshots of two libraries at the same time do not disturb each other or a clone")
  func together() async throws {
    try await fill(store)
    try await bo.pull(store)
    async let first = snapshot(ana, store)
    async let second = snapshot(bo, store)
    _ = try await (first, second)
    let cleo = try Replica()
    #expect(try await cleo.pull(store).problems.isEmpty)
    #expect(try cleo.exchanged() == ana.exchanged())
  }

  @Test("a snapshot or a clone that is stopped at any step continues with nothing lost")
  func stops() async throws {
    try await fill(store)
    _ = try await snapshot(ana, store)
    for doneBefore in [false, true] {
      var failure = 1
      while true {
        let failing = FailingStore(store, at: failure, doneBefore: doneBefore)
        do { _ = try await snapshot(ana, failing) } catch is FailingStore.Killed {}
        let cleo = try Replica()
        let reading = FailingStore(store, at: failure, doneBefore: doneBefore)
        var isWhole = true
        do {
          try await cleo.pull(reading, images: .none)
        } catch is FailingStore.Killed {
          isWhole = false
          try await cleo.pull(store, images: .none)
        }
        #expect(try cleo.exchanged() == ana.exchanged(), "stopped at \(failure), \(doneBefore)")
        if isWhole { break }
        failure += 1
        try #require(failure < 60)
      }
      #expect(failure > 4)
    }
  }

  @Test(
    "a damaged snapshot is named, and all segments are read instead", arguments: [".json", ".gz"])
  func damage(_ suffix: String) async throws {
    try await fill(store)
    _ = try await snapshot(ana, store)
    let keys = try await store.objects(in: RemoteLayout.snapshots).map(\.key)
    try await store.write([1, 2, 3], to: try #require(keys.first { $0.hasSuffix(suffix) }))
    let cleo = try Replica()
    let pulled = try await cleo.pull(store)
    #expect(pulled.problems.map(\.kind) == [.damagedSnapshot])
    let checked = try await ana.connection(store).check(deep: true)
    #expect(checked.problems.map(\.kind) == [.damagedSnapshot])
    try await bo.pull(store)
    let live = try cleo.ids().filter { try cleo.library().generation($0)?.trashedAt == nil }
    #expect(live.count == 4)
  }

  @Test("a prune removes the older snapshots of a library after the grace period")
  func prune() async throws {
    try await fill(store)
    _ = try await snapshot(ana, store)
    let old = Set(try await store.objects(in: RemoteLayout.snapshots).map(\.key))
    try ana.edit(.note("later"), [try ana.ids()[0]])
    try await ana.push(store)
    _ = try await snapshot(ana, store)
    let both = Set(try await store.objects(in: RemoteLayout.snapshots).map(\.key))
    let early = try await ana.connection(store).prune(grace: 86_400, isDryRun: false)
    #expect(early.snapshotObjects == 0)
    #expect(try await store.objects(in: RemoteLayout.snapshots).count == both.count)
    let report = try await ana.connection(store).prune(grace: -60, isDryRun: false)
    #expect(report.snapshotObjects == old.count)
    let left = Set(try await store.objects(in: RemoteLayout.snapshots).map(\.key))
    #expect(left == both.subtracting(old) && !left.isEmpty)
    let cleo = try Replica()
    #expect(try await cleo.pull(store).problems.isEmpty)
    #expect(try cleo.exchanged() == ana.exchanged())
  }
}
