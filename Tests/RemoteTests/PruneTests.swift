import FilePaths
import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("What a check finds, and what push and prune do about it") struct PruneTests {
  private let folder: TemporaryFolder
  private let store: FolderStore
  private let ana: Replica
  private let bo: Replica
  private static let days = 86_400.0

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(folder.path.appending("remote"))
    ana = try Replica()
    bo = try Replica(shift: 9 * 86_400_000)
  }

  private func images() async throws -> [String] {
    try await store.objects(in: RemoteLayout.images).map(\.key)
  }

  /// Makes all objects older.
  private func age(byDays days: Double) throws {
    let root = folder.path.appending("remote").text
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      let path = root + "/" + name
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      guard attributes[.type] as? FileAttributeType == .typeRegular,
        let written = attributes[.modificationDate] as? Date
      else { continue }
      try FileManager.default.setAttributes(
        [.modificationDate: written.addingTimeInterval(-days * Self.days)], ofItemAtPath: path)
    }
  }

  private func prune(_ replica: Replica, isDryRun: Bool = false) async throws -> PruneReport {
    let library = try replica.library()
    // A dry run compares the ages of objects with the clock of the computer.
    return try await RemoteConnection(
      library: library, name: "team", store: store, retry: Retry(pause: { _ in }),
      now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }, random: { 7 },
      pace: TransferPace(jobs: 3)
    ).prune(grace: 30 * Self.days, isDryRun: isDryRun)
  }

  private func erase(_ replica: Replica, _ prompt: String) throws {
    let ids = try replica.ids().filter { try replica.library().generation($0)?.prompt == prompt }
    try replica.edit(.trash, ids)
    try replica.library().emptyTrash(at: replica.now)
  }

  @Test("an image is pruned when every library that sent it has deleted it, after the grace period")
  func prune() async throws {
    try ana.plant(["cat", "dog"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store)
    try bo.edit(.rate(5), try bo.ids())
    try await bo.push(store)
    try erase(ana, "cat")
    try await ana.push(store)
    try age(byDays: 40)
    // The other library still has the image, in its trash.
    #expect(try await prune(ana).images == 0)
    try await bo.pull(store)
    #expect(try bo.library().trash(limit: 9).count == 1)
    #expect(try await prune(bo).images == 0)
    try bo.library().emptyTrash(at: bo.now)
    try await bo.push(store)
    let early = try await prune(ana)
    #expect(early.images == 0 && early.waiting == 1)
    try age(byDays: 40)
    let checked = try await ana.connection(store).check(deep: true)
    #expect(checked.unusedImages == 1 && checked.problems.isEmpty)
    let planned = try await prune(ana, isDryRun: true)
    #expect(planned.images == 1 && planned.imageBytes == 5)
    #expect(try await images().count == 2)
    let pruned = try await prune(ana)
    #expect(pruned.images == 1 && pruned.imageBytes == 5 && pruned.problems.isEmpty)
    #expect(try await images().count == 1)
    #expect(try await store.objects(in: RemoteLayout.clocks).isEmpty)
    let sound = try await bo.connection(store).check(deep: true)
    #expect(sound.problems.isEmpty && sound.unusedImages == 0)
    // An image with the same bytes is sent again.
    try ana.plant(["cat"], seed: 1)
    #expect(try await ana.push(store).images == 1)
  }

  @Test("the thumbnail of a pruned image is removed, and the others stay")
  func thumbnails() async throws {
    try ana.plantPictures(["cat", "dog"], seed: 1)
    try await ana.push(store)
    try erase(ana, "cat")
    try await ana.push(store)
    try age(byDays: 40)
    func packs() async throws -> [StoredObject] {
      try await store.objects(in: RemoteLayout.thumbnails)
    }
    let before = try await packs()
    #expect(try await prune(ana, isDryRun: true).images == 1)
    #expect(try await packs() == before)
    #expect(try await prune(ana).images == 1)
    let after = try await packs()
    #expect(after.count == 1 && after[0].key != before[0].key && after[0].size < before[0].size)
    #expect(try await ana.connection(store).check(deep: true).problems.isEmpty)
    try await bo.pull(store, images: .none)
    #expect(try bo.receivedThumbnails().count == 1)
    // A damaged one is named, and removed by the next prune.
    try await store.write([1, 2, 3], to: after[0].key)
    let checked = try await ana.connection(store).check(deep: true)
    #expect(
      checked.problems == [RemoteProblem(key: after[0].key, kind: .damagedThumbnails)])
    try age(byDays: 40)
    _ = try await prune(ana)
    #expect(try await packs().isEmpty)
  }

  /// Makes a generation that `bo` has in the trash, because `ana` permanently deleted it.
  private func eraseInAnother(_ prompt: String) async throws {
    try ana.plant([prompt], seed: 1)
    try await ana.push(store)
    try await bo.pull(store)
    try erase(ana, prompt)
    try await ana.push(store)
    try await bo.pull(store)
  }

  @Test("an image that is restored from the trash after a prune is sent again")
  func restored() async throws {
    try await eraseInAnother("cat")
    try age(byDays: 40)
    #expect(try await prune(ana).images == 1)
    try bo.edit(.restore, try bo.library().trash(limit: 9))
    #expect(try await bo.push(store).images == 1)
    #expect(try await ana.pull(store).images == 1)
    #expect(try await ana.connection(store).check(deep: true).problems.isEmpty)
  }

  @Test(
    "images of a generation that was in the trash when its erasure arrived are sent again after a prune"
  )
  func restoredFromOwnTrash() async throws {
    try ana.plant(["cat"], seed: 1, hasReference: true)
    #expect(try await ana.push(store).images == 2)
    try await bo.pull(store)
    try bo.edit(.trash, try bo.ids())
    try erase(ana, "cat")
    try await ana.push(store)
    #expect(try await bo.pull(store).trashed == 0)
    try age(byDays: 40)
    #expect(try await prune(ana).images == 2)
    try bo.edit(.restore, try bo.ids())
    #expect(try await bo.push(store).images == 2)
    #expect(try await ana.pull(store).images == 2)
    #expect(try await ana.connection(store).check(deep: true).problems.isEmpty)
  }

  @Test(
    "a library that did not read a permanent deletion sends the pruned image again, or says that it is missing",
    arguments: [true, false])
  func pruned(_ hasFile: Bool) async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store, images: hasFile ? .all : .none)
    try erase(ana, "cat")
    try await ana.push(store)
    try age(byDays: 40)
    #expect(try await prune(ana).images == 1)
    try bo.edit(.rate(5), try bo.ids())
    let pushed = try await bo.push(store)
    #expect(pushed.generations == 1 && pushed.images == (hasFile ? 1 : 0))
    #expect(pushed.problems.map(\.kind) == (hasFile ? [] : [.absent]))
    #expect(try await images().count == (hasFile ? 1 : 0))
    let segments = try await store.objects(in: RemoteLayout.segments(of: bo.library().writerID()))
    let key = try #require(segments.last?.key)
    let bytes = try #require(try await store.read(key, limit: 1 << 20))
    let text = Collected<UInt8>()
    #expect(try Gzip.decompress(bytes, limit: 1 << 20) { text.add(Array($0)) })
    let lines = String(decoding: text.elements, as: UTF8.self)
    #expect(lines.contains(#""missing":true"#) != hasFile, "\(lines)")
  }

  @Test("images are compared with a listing as with single requests")
  func compared() async throws {
    try ana.plant(["cat", "dog", "owl"], seed: 1)
    try await ana.push(store)
    let keys = try await images()
    try await store.remove(keys[0])
    try await store.write([9], to: keys[1])
    for most in [256, 0] {
      let connection = try bo.connection(store)
      try await bo.pull(store, images: .none)
      let library = try bo.library()
      try library.note(keys.compactMap { RemoteLayout.image(atKey: $0) }, on: "team")
      let recorded = try library.imagesOnRemote("team", after: nil, limit: 9)
      #expect(recorded.map { RemoteLayout.image($0.digest) } == keys)
      var comparison = ImageComparison(most: most)
      let absent = try await connection.forgetAbsent(recorded, &comparison)
      #expect(Set(absent.map { RemoteLayout.image($0.digest) }) == Set(keys.prefix(2)))
      #expect(absent.allSatisfy { !$0.isHere })
      let left = try library.imagesOnRemote("team", after: nil, limit: 9)
      #expect(left.map { RemoteLayout.image($0.digest) } == [keys[2]])
    }
  }

  @Test("an image of a restored generation is sent again if the permanent deletion is read again")
  func erasureReadAgain() async throws {
    try await eraseInAnother("cat")
    try bo.edit(.restore, try bo.ids())
    #expect(try await bo.push(store).images == 1)
    try ana.library().repeatPush(to: "team")
    try await ana.push(store)
    try await bo.pull(store)
    #expect(try await bo.push(store).images == 1)
    _ = try await bo.connection(store).writeSnapshot()
    #expect(try await Replica().pull(store).images == 1)
  }

  @Test("an image that no segment names is pruned after the grace period, a foreign object never")
  func abandoned() async throws {
    try ana.plant(["dog"], seed: 1)
    try await ana.push(store)
    let stray = Array("stray".utf8)
    try await store.write(stray, to: RemoteLayout.image(Digest(of: stray)))
    try await store.write(stray, to: "images/zz/notes.txt")
    let early = try await prune(ana)
    #expect(early.images == 0 && early.waiting == 1 && early.waitingBytes == 5)
    try age(byDays: 31)
    #expect(try await prune(ana).images == 1)
    #expect(try await images().count == 2)
  }

  @Test("nothing is pruned while a segment is damaged")
  func damaged() async throws {
    try ana.plant(["dog"], seed: 1)
    try await ana.push(store)
    let segments = try await store.objects(in: RemoteLayout.segments)
    try await store.write([1, 2, 3], to: segments[0].key)
    try age(byDays: 40)
    let report = try await prune(ana)
    #expect(report.images == 0 && report.problems.map(\.kind) == [.damaged])
    #expect(try await images().count == 1)
  }

  @Test(
    "a damaged or lost segment no longer prevents a prune when its library has sent all its records again",
    arguments: [true, false])
  func sentAgain(_ isDamaged: Bool) async throws {
    for prompt in ["cat", "dog", "owl"] {
      try ana.plant([prompt], seed: 1)
      try await ana.push(store)
    }
    try erase(ana, "owl")
    try await ana.push(store)
    let segments = try await store.objects(in: RemoteLayout.segments).map(\.key)
    if isDamaged {
      try await store.write([1, 2, 3], to: segments[1])
    } else {
      try await store.remove(segments[1])
    }
    try age(byDays: 40)
    _ = try await ana.connection(store).check(deep: true)
    // A push of a part is not enough, and does not change what the push of all records sends.
    let dog = try ana.ids().filter { try ana.library().generation($0)?.prompt == "dog" }
    _ = try await ana.connection(store).push(only: dog)
    #expect(try await prune(ana).problems.count == 1)
    #expect(try await ana.push(store).generations == 2)
    #expect(try await prune(ana, isDryRun: true).images == 1)
    #expect(try await prune(ana).images == 1)
    let left = try await ana.connection(store).check(deep: true)
    #expect(left.problems.map(\.kind) == [.replacedSegment] && left.unusedImages == 0)
    #expect(left.problems.allSatisfy { !$0.isRepairedByPush })
    #expect(try await ana.push(store).segments == 0)
    // Another library reads the segments once.
    #expect(try await bo.pull(store).images == 2)
    let again = try await bo.pull(store)
    #expect(again.segments == 0 && again.problems.isEmpty)
    // A segment that is damaged later prevents it again.
    let latest = try await store.objects(in: RemoteLayout.segments).map(\.key)
    try await store.write([1, 2, 3], to: try #require(latest.last))
    #expect(try await prune(ana).problems.count == 2)
  }

  @Test(
    "a damaged segment of a library that no longer exists is replaced by the snapshot of one that had read it"
  )
  func replacedBySnapshot() async throws {
    for prompt in ["cat", "dog", "owl"] {
      try ana.plant([prompt], seed: 1)
      try await ana.push(store)
    }
    try await bo.pull(store)
    // Not a permanent deletion: a library that has the generation moves it to its trash, so the libraries differ.
    try bo.edit(.rate(4), [try #require(try bo.ids().first)])
    try await bo.push(store)
    let abandoned = Array("abandoned".utf8)
    try await store.write(abandoned, to: RemoteLayout.image(Digest(of: abandoned)))
    let segments = try await store.objects(in: RemoteLayout.segments(of: ana.library().writerID()))
    try await store.write([1, 2, 3], to: segments[1].key)
    try age(byDays: 40)
    let cleo = try Replica()
    // Without a snapshot, the segment is named each time, and nothing is pruned.
    for _ in 0..<2 {
      #expect(try await cleo.pull(store).problems.map(\.key) == [segments[1].key])
    }
    #expect(try cleo.ids().count < 3)
    #expect(try await prune(bo).problems.map(\.kind) == [.damaged])
    _ = try await bo.connection(store).writeSnapshot()
    #expect(try await prune(bo).images == 1)
    #expect(try await images().count == 3, "the image of the damaged segment is kept")
    let checked = try await bo.connection(store).check(deep: true)
    #expect(checked.problems.map(\.kind) == [.replacedSegment])
    // Another library reads the snapshot once.
    try await cleo.pull(store)
    let again = try await cleo.pull(store)
    #expect(again.problems.isEmpty && again.segments == 0)
    #expect(try cleo.exchanged() == bo.exchanged() && cleo.missingImages() == 0)
    // A damaged snapshot replaces nothing.
    let parts = try await store.objects(in: RemoteLayout.snapshots).map(\.key)
    try await store.write([1], to: try #require(parts.first { $0.hasSuffix(".gz") }))
    #expect(try await prune(bo).problems.map(\.kind) == [.damaged])
  }

  @Test("segments are replaced only if every segment of the push of all records is whole")
  func replaced() {
    func header(
      _ counter: Int64, _ previous: Int64?, restarts: Bool = false, completes: Bool = false
    ) -> SegmentHeader {
      SegmentHeader(
        library: "", counter: counter, previous: previous, restarts: restarts, completes: completes)
    }
    let first = header(4, 2, restarts: true)
    let last = header(7, 6, completes: true)
    #expect([header(1, 0, completes: true)].sentAgainFrom == 0)
    #expect([header(4, 2, restarts: true, completes: true)].sentAgainFrom == 4)
    // Counters can have gaps, and a segment that was interrupted can be there twice.
    #expect([first, header(6, 4), last].sentAgainFrom == 4)
    #expect([last, header(6, 4), header(5, 4), first].sentAgainFrom == 4)
    #expect([first, last].sentAgainFrom == 0)
    #expect([first, header(6, nil), last].sentAgainFrom == 0)
    #expect([first, header(6, 4), last, header(8, 7, restarts: true)].sentAgainFrom == 4)
    #expect([header(6, 4), last].sentAgainFrom == 0)
  }

  @Test("a prune removes files that interrupted writes left, and no other hidden files")
  func drafts() async throws {
    try ana.plant(["dog"], seed: 1)
    try await ana.push(store)
    let root = folder.path.appending("remote").text + "/"
    let image = try #require(try await images().first)
    let segment = try #require(try await store.objects(in: RemoteLayout.segments).first?.key)
    func hidden(_ key: String, _ suffix: String) -> String {
      let parts = key.split(separator: "/")
      return (parts.dropLast().map(String.init) + [".\(parts.last ?? "")\(suffix)"])
        .joined(separator: "/")
    }
    let abandoned = [
      hidden(image, ".a1B2c3"), hidden(segment, ".ZZZZZZ"), hidden("format.json", ".abcdef"),
    ]
    let foreign = [hidden(image, ".swp"), ".stfolder.abcdef", "images/.DS_Store"]
    for key in abandoned + foreign {
      #expect(FileManager.default.createFile(atPath: root + key, contents: Data([1])))
    }
    func left() -> [String] {
      (abandoned + foreign).filter { FileManager.default.fileExists(atPath: root + $0) }
    }
    #expect(try await prune(ana).drafts == 0)
    #expect(left().count == 6)
    try age(byDays: 40)
    #expect(try await prune(ana, isDryRun: true).drafts == 3)
    #expect(left().count == 6)
    let report = try await prune(ana)
    #expect(report.drafts == 3 && report.images == 0 && left() == foreign)
    #expect(try await ana.connection(store).check(deep: true).problems.isEmpty)
  }

  @Test("a check says which faults the next push repairs, and that push repairs them")
  func repairing() async throws {
    try ana.plant(["cat", "dog", "owl"], seed: 1)
    try await ana.push(store)
    try ana.edit(.rate(3), try ana.ids())
    try await ana.push(store)
    let keys = try await images()
    try await store.remove(keys[0])
    try await store.write([9, 9, 9, 9, 9], to: keys[1])
    let heads = try await store.objects(in: RemoteLayout.heads).map(\.key)
    try await store.remove(heads[0])
    let segments = try await store.objects(in: RemoteLayout.segments).map(\.key)
    try await store.write([1], to: segments[0])
    // Another library finds the same faults, but can repair only the head.
    try await store.write(Array(#"{"counter":1}"#.utf8), to: heads[0])
    try await bo.pull(store, images: .none)
    let other = try await bo.connection(store).check(deep: true)
    #expect(Set(other.problems.map(\.kind)) == [.absent, .damaged, .staleHead])
    #expect(other.problems.filter(\.isRepairedByPush).map(\.kind) == [.staleHead])
    let found = try await ana.connection(store).check(deep: true)
    #expect(Set(found.problems.map(\.key)) == [keys[0], keys[1], heads[0], segments[0]])
    #expect(found.problems.allSatisfy { $0.isRepairedByPush })
    let pushed = try await ana.push(store)
    #expect(pushed.images == 2 && pushed.generations == 3)
    let left = try await ana.connection(store).check(deep: true)
    #expect(
      left.problems == [RemoteProblem(key: segments[0], kind: .replacedSegment)],
      "only the damaged segment is left")
    let pulled = try await bo.pull(store)
    #expect(pulled.images == 3 && pulled.problems.map(\.key) == [segments[0]])
    #expect(try ana.exchanged() == bo.exchanged())
  }

  @Test(
    "if a push was stopped before its head and its library is lost, another one writes the head")
  func abandonedHead() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store)
    try ana.edit(.rate(3), ana.ids())
    var step = 0
    while try await store.objects(in: RemoteLayout.segments).count < 2 {
      step += 1
      try #require(step < 60)
      do {
        try await ana.push(FailingStore(store, at: step, doneBefore: false))
      } catch is FailingStore.Killed {}
    }
    #expect(try await bo.pull(store).segments == 0)
    let found = try await bo.connection(store).check(deep: true)
    #expect(found.problems.map(\.kind) == [.staleHead])
    #expect(found.problems.allSatisfy { $0.isRepairedByPush })
    try await bo.push(store)
    #expect(try await bo.pull(store).segments == 1)
    #expect(try ana.exchanged() == bo.exchanged())
    #expect(try await bo.connection(store).check(deep: true).problems.isEmpty)
  }

  @Test("a push of some generations sends them once, and a push of all sends the others")
  func part() async throws {
    let ids = try ana.plant(["cat", "dog", "owl"], seed: 1)
    let first = try await ana.connection(store).push(only: [ids[1]])
    #expect(first.generations == 1 && first.images == 1)
    #expect(try await ana.connection(store).push(only: [ids[1]]).segments == 0)
    try await bo.pull(store)
    #expect(try bo.ids().count == 1)
    try ana.edit(.rate(5), ids)
    #expect(try await ana.connection(store).pushPlan(only: [ids[1]]) == 1)
    #expect(try await ana.connection(store).push(only: [ids[1]]).generations == 1)
    let rest = try await ana.push(store)
    #expect(rest.generations == 2 && rest.images == 2)
    try await bo.pull(store)
    #expect(try ana.exchanged() == bo.exchanged())
    // A second remote receives all of them.
    let second = FolderStore(folder.path.appending("second"))
    #expect(try await ana.connection(second, name: "second").push().generations == 3)
  }

  @Test("a file that only a remote has is remote for the library, and missing without the remote")
  func places() async throws {
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    try await ana.push(store)
    #expect(try await ana.connection(store).drop([ids[0]]).images == 1)
    func places() throws -> [FilePlace] {
      try ids.compactMap { try ana.library().generation($0)?.images[0].place }
    }
    #expect(try places() == [.remote, .library])
    #expect(try ana.library().statistics().remoteFiles == 1)
    let line = try #require(try ana.exchanged().first { $0.contains("cat") })
    #expect(!line.contains("remote"))
    // The image is on the remote only, and an edit of its record does not mark it as missing.
    try ana.edit(.rate(4), ids)
    try await ana.push(store)
    let cleo = try Replica()
    #expect(try await cleo.pull(store).images == 2)
    try ana.library().removeRemote("team")
    #expect(try places() == [.missing, .library])
  }
}
