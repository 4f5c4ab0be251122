import FilePaths
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Segments of a library on its own remote") struct OwnSegmentsTests: SharedRemoteSuite {
  let remote: SharedRemote

  init() throws { remote = try SharedRemote(shifts: (0, -86_400_000)) }

  /// Expects that `ana` has this id and still owns its work.
  private func expectSame(_ id: String?, _ queued: GenerationID) throws {
    #expect(try ana.library().libraryID() == id)
    #expect(try ana.library().generation(queued)?.status == .queued)
  }

  @Test("a remote that is removed and added again keeps the library's id and its unfinished work")
  func addedAgain() async throws {
    let queued = try #require(try ana.queue(1, seed: 3).first)
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    try await ana.push(store)
    for rating in [4, 5] {
      try ana.edit(.rate(rating), ids)
      try await ana.push(store)
    }
    #expect(try await ana.connection(store).drop([ids[0]]).images == 1)
    let id = try ana.library().libraryID()
    try ana.library().removeRemote("team")
    try ana.plant(["owl"], seed: 2)
    let report = try await ana.push(store)
    #expect(!report.tookNewID && report.generations == 4 && report.images == 1)
    try expectSame(id, queued)
    #expect(try ana.library().generation(ids[0])?.images.first?.place == .remote)
    try await bo.pull(store)
    #expect(try ana.exchanged() == bo.exchanged() && bo.missingImages() == 0)
    let check = try await ana.connection(store).check(deep: true)
    #expect(check.libraries == 1 && check.problems.isEmpty)
    // A pull settles it too.
    try ana.library().removeRemote("team")
    #expect(try await ana.pull(store).tookNewID == false)
    try expectSame(id, queued)
  }

  @Test("a remote with two names keeps the library's id, and nothing is sent without end")
  func twoNames() async throws {
    let queued = try #require(try ana.queue(1, seed: 3).first)
    let id = try ana.library().writerID()
    func push() async throws -> [Int] {
      var segments: [Int] = []
      for name in ["team", "nas"] {
        let report = try await ana.connection(store, name: name).push()
        #expect(!report.tookNewID)
        segments.append(report.segments)
      }
      return segments
    }
    for round in UInt64(1)...3 {
      let ids = try ana.plant(["cat", "dog"], seed: round)
      #expect(try await push().allSatisfy { $0 > 0 })
      try ana.edit(.trash, [ids[0]])
      try ana.library().emptyTrash(at: ana.now)
      #expect(try await push() == [1, 1])
    }
    for name in ["team", "nas"] {
      #expect(try await ana.connection(store, name: name).pull(images: .all).tookNewID == false)
    }
    #expect(try await push() == [0, 0])
    try expectSame(id, queued)
    try await bo.pull(store)
    #expect(try ana.exchanged() == bo.exchanged())
    let check = try await ana.connection(store).check(deep: true)
    #expect(check.libraries == 1 && check.problems.isEmpty)
  }

  @Test("an older state of a library takes a new id also if its remote is added again")
  func putBack() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    // Without an id, the older state takes one in any case.
    _ = try ana.library().writerID()
    try ana.backUp()
    try await ana.push(store)
    try ana.edit(.rate(5), ids)
    try await ana.push(store)
    try ana.restoreBackup()
    try ana.edit(.note("later"), ids)
    #expect(try await ana.push(store).tookNewID)
    try await ana.pull(store)
    try await bo.pull(store)
    #expect(try ana.library().generation(ids[0])?.rating == 5)
    #expect(try ana.exchanged() == bo.exchanged())
  }

  @Test("an older state takes a new id also if the later state only emptied its trash")
  func putBackTrash() async throws {
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    try ana.edit(.trash, [ids[0]])
    try await ana.push(store)
    try ana.backUp()
    try ana.library().emptyTrash(at: ana.now)
    #expect(try await ana.push(store).deletions == 1)
    try ana.restoreBackup()
    try ana.edit(.rate(5), [ids[1]])
    #expect(try await ana.push(store).tookNewID)
  }

  @Test("a pull during a push of the same library keeps the library's id and its unfinished work")
  func pullDuringPush() async throws {
    let queued = try #require(try ana.queue(1, seed: 3).first)
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try ana.plant(["dog"], seed: 2)
    let id = try ana.library().writerID()
    let pushing = PushingStore(store, beforeReading: RemoteLayout.head(of: id)) { [ana, store] in
      _ = try await ana.push(store)
    }
    #expect(try await ana.pull(pushing).tookNewID == false)
    #expect(try await store.objects(in: RemoteLayout.segments).count == 2)
    try expectSame(id, queued)
  }
}

/// A store that calls a function once, before it reads an object.
private final class PushingStore: ForwardingStore {
  let store: any RemoteStore
  private let key: String
  private let act: @Sendable () async throws -> Void
  private let hasActed = Mutex(false)

  init(
    _ store: any RemoteStore, beforeReading key: String,
    act: @escaping @Sendable () async throws -> Void
  ) {
    self.store = store
    self.key = key
    self.act = act
  }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    if key == self.key {
      let isFirst = hasActed.withLock { hasActed in
        defer { hasActed = true }
        return !hasActed
      }
      if isFirst { try await act() }
    }
    return try await store.read(key, limit: limit)
  }
}
