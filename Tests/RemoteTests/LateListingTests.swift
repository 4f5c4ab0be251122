import FilePaths
import Foundation
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Listings that are late, and segments that are lost") struct LateListingTests {
  private let folder: TemporaryFolder
  private let store: LateStore
  private let ana: Replica
  private let bo: Replica

  init() throws {
    folder = try TemporaryFolder()
    store = LateStore(FolderStore(folder.path.appending("remote")))
    ana = try Replica(shift: 86_400_000)
    bo = try Replica(shift: -86_400_000)
  }

  private func pushThree() async throws -> [String] {
    for prompt in ["cat", "dog", "owl"] {
      try ana.plant([prompt], seed: 1)
      try await ana.push(store)
    }
    return try await store.objects(in: RemoteLayout.segments).map(\.key)
  }

  @Test(
    "a segment that a listing shows late is named and read by a later pull", arguments: [0, 1, 2])
  func late(_ index: Int) async throws {
    let keys = try await pushThree()
    store.hide([keys[index]])
    for _ in 1...2 {
      let early = try await bo.pull(store)
      #expect(early.problems.map(\.kind) == [.absentSegment])
      #expect(early.problems.allSatisfy { keys[index].hasPrefix($0.key + "-") })
      #expect(try bo.ids().count == 2)
    }
    store.hide([])
    let pulled = try await bo.pull(store)
    #expect(pulled.added == 1 && pulled.problems.isEmpty)
    #expect(try ana.exchanged() == bo.exchanged())
    #expect(try await bo.pull(store).segments == 0)
  }

  @Test("a counter is not used twice if the listing does not show the later state of the library")
  func putBack() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try ana.backUp()
    let before = try await store.objects(in: RemoteLayout.segments).map(\.key)
    try ana.edit(.rate(5), ids)
    try await ana.push(store)
    try await bo.pull(store)
    let later = try await store.objects(in: RemoteLayout.segments).map(\.key)
    try ana.restoreBackup()
    store.hide(later.filter { !before.contains($0) })
    try ana.edit(.note("later"), ids)
    #expect(try await ana.push(store).tookNewID)
    store.hide([])
    for replica in [ana, bo, ana] { try await replica.pull(store) }
    #expect(try ana.library().generation(ids[0])?.rating == 5)
    #expect(try ana.exchanged() == bo.exchanged())
  }

  @Test("a remote that may only be read is read as usual, and a push to it fails and loses nothing")
  func readOnly() async throws {
    try ana.plantPictures(["cat", "dog"], seed: 1)
    try await ana.push(store)
    store.isReadOnly = true
    #expect(try await bo.pull(store, images: .none).thumbnails == 2)
    #expect(try await bo.connection(store).fetch(try bo.ids()).images == 2)
    #expect(try await bo.connection(store).drop([try bo.ids()[0]]).images == 1)
    #expect(try await bo.connection(store).check(deep: true).problems.isEmpty)
    _ = try await bo.connection(store).prune(grace: 0, isDryRun: true)
    try bo.edit(.note("mine"), try bo.ids())
    try bo.plant(["fox"], seed: 2)
    let refusal = RemoteError.refused(status: 403, code: "AccessDenied")
    await #expect(throws: refusal) { try await bo.push(store) }
    store.isReadOnly = false
    #expect(try await bo.push(store).generations == 3)
    try await ana.pull(store)
    try await bo.pull(store)
    #expect(try ana.exchanged() == bo.exchanged())
  }

  @Test("an object of another kind in the place of a head is skipped")
  func foreignHead() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    let writer = String(repeating: "ab", count: 16)
    try await store.write([UInt8](repeating: 0x20, count: 9_000), to: RemoteLayout.head(of: writer))
    #expect(try await bo.pull(store).added == 1)
    let checked = try await bo.connection(store).check(deep: true)
    #expect(checked.segments == 1)
  }

  @Test("two pushes of one library at the same time use no counter twice, and lose nothing")
  func twoPushes() async throws {
    _ = try ana.connection(store)
    for round in UInt64(1)...6 {
      try ana.plant(["cat", "dog"], seed: round)
      await withTaskGroup(of: Void.self) { group in
        for _ in 1...3 {
          group.addTask { [ana, store] in
            do {
              try await ana.push(store)
            } catch RemoteError.busy {
            } catch {
              Issue.record(error)
            }
          }
        }
      }
      try await bo.pull(store)
    }
    try await ana.push(store)
    try await bo.pull(store)
    #expect(try ana.exchanged() == bo.exchanged())
    let counters = try await store.objects(in: RemoteLayout.segments)
      .compactMap { RemoteLayout.SegmentName($0.key)?.counter }
    #expect(Set(counters).count == counters.count && counters.count >= 6)
  }

  @Test("a lost segment is named, prevents a prune, and is sent again by its library")
  func lost() async throws {
    let keys = try await pushThree()
    try await store.remove(keys[1])
    let other = try await bo.connection(store).check(deep: true)
    #expect(other.problems.map(\.kind) == [.absentSegment])
    let prune = try await ana.connection(store).prune(grace: 0, isDryRun: false)
    #expect(prune.images == 0 && prune.problems.map(\.kind) == [.absentSegment])
    let found = try await ana.connection(store).check(deep: true)
    #expect(found.problems.count == 1 && found.problems.allSatisfy(\.isRepairedByPush))
    try await ana.push(store)
    try await bo.pull(store)
    #expect(try ana.exchanged() == bo.exchanged() && bo.missingImages() == 0)
    #expect(try await bo.pull(store).problems.isEmpty)
  }
}

/// A store whose listings leave some objects out, and that can be made read-only.
private final class LateStore: ForwardingStore {
  let store: any RemoteStore
  private let hidden = Mutex<Set<String>>([])
  private let refusesWrites = Mutex(false)

  init(_ store: any RemoteStore) { self.store = store }

  func hide(_ keys: [String]) { hidden.withLock { $0 = Set(keys) } }

  var isReadOnly: Bool {
    get { refusesWrites.withLock { $0 } }
    set { refusesWrites.withLock { $0 = newValue } }
  }

  private func checkWritable() throws {
    if isReadOnly { throw RemoteError.refused(status: 403, code: "AccessDenied") }
  }

  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws {
    let hidden = hidden.withLock { $0 }
    try await store.list(folder, after: after) { objects in
      try take(objects.filter { !hidden.contains($0.key) })
    }
  }

  func write(_ bytes: [UInt8], to key: String) async throws {
    try checkWritable()
    try await store.write(bytes, to: key)
  }

  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws {
    try checkWritable()
    try await store.upload(file, content, to: key)
  }

  func remove(_ key: String) async throws {
    try checkWritable()
    try await store.remove(key)
  }
}
