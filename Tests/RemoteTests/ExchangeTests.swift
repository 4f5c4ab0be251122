import FilePaths
import Foundation
import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Libraries that share a remote") struct ExchangeTests: SharedRemoteSuite {
  let remote: SharedRemote

  init() throws { remote = try SharedRemote(shifts: (0, -5 * 86_400_000)) }

  private func exchange(_ rounds: Int = 2) async throws {
    for _ in 1...rounds {
      for replica in [ana, bo] {
        try await replica.push(store)
        try await replica.pull(store)
      }
    }
  }

  private func path(_ key: String) -> String { folder.path.appending("remote/" + key).text }

  private func segments() async throws -> [StoredObject] {
    try await store.objects(in: RemoteLayout.segments)
  }

  @Test("records, edits and images of one arrive at the other, in both directions")
  func bothWays() async throws {
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    try ana.edit(.tag(add: [try #require(TagName("a"))], remove: []), ids)
    try bo.plant(["owl"], seed: 2)
    let pushed = try await ana.push(store)
    #expect(pushed.generations == 2 && pushed.images == 2 && pushed.segments == 1)
    let pulled = try await bo.pull(store)
    #expect(pulled.added == 2 && pulled.images == 2 && pulled.problems.isEmpty)
    #expect(try bo.missingImages() == 0)
    try bo.edit(.rate(5), try bo.ids())
    try await exchange()
    #expect(try ana.exchanged() == bo.exchanged())
    #expect(try ana.library().generation(ids[0])?.rating == 5)
    #expect(try ana.library().check().isSound)
  }

  @Test("nothing is sent or read if nothing changed, and one edit is a small segment")
  func quiet() async throws {
    let ids = try ana.plant((0..<50).map { "cat \($0)" }, seed: 1)
    try await exchange()
    let counting = FailingStore(store, at: .max, doneBefore: false)
    let pushed = try await ana.push(counting)
    let pushes = counting.operations
    let pulled = try await bo.pull(counting)
    #expect(pushed.segments == 0 && pulled.segments == 0)
    #expect(pushes <= 3 && counting.operations - pushes <= 3)
    let before = Set(try await segments())
    try ana.edit(.rate(4), [ids[7]])
    try await ana.push(store)
    let added = try await segments().filter { !before.contains($0) }
    #expect(added.count == 1 && added[0].size < 2000)
  }

  @Test("neither replies nor paths are pushed")
  func privacy() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    for object in try await segments() {
      let bytes = try #require(try await store.read(object.key, limit: 1 << 20))
      let text = Collected<UInt8>()
      #expect(try Gzip.decompress(bytes, limit: 1 << 20) { text.add(Array($0)) })
      let lines = String(decoding: text.elements, as: UTF8.self)
      #expect(lines.contains("cat") && !lines.contains("secret"))
      #expect(!lines.contains(ana.folder.path.text) && !lines.contains("reply_body"))
    }
  }

  @Test("unsent work is held by all but its owner, and adopting it is known on both sides")
  func ownership() async throws {
    try ana.queue(1, seed: 1)
    try await exchange()
    let id = GenerationID(1)
    #expect(try ana.library().generation(id)?.status == .queued)
    #expect(try bo.library().generation(id)?.status == .held)
    _ = try bo.library().adopt(at: bo.now)
    try await exchange()
    #expect(try ana.library().generation(id)?.status == .held)
    #expect(try bo.library().generation(id)?.status == .queued)
    #expect(try ana.exchanged() == bo.exchanged())
  }

  @Test("a clone of many segments is the library that it came from, and its own edits are pushed")
  func clone() async throws {
    let names = try ["a", "b/c"].map { try #require(TagName($0)) }
    var ids = try ana.plant((0..<40).map { "cat \($0 % 9)" }, seed: 1)
    try ana.edit(.tag(add: names, remove: []), ids)
    try await ana.push(store)
    try ana.edit(.collect("best"), [ids[9], ids[3]])
    try ana.edit(.rate(4), Array(ids.prefix(7)))
    try await ana.push(store)
    // The tag is deleted and added again. Both segments are merged in one transaction.
    for name in names {
      try ana.library().edit(.deleteTag(name), by: "ana", at: ana.now)
      try await ana.push(store)
    }
    try ana.edit(.tag(add: [names[0]], remove: []), [ids[0]])
    try ana.edit(.tag(add: [], remove: [names[0]]), [ids[0]])
    ids += try ana.plant(["dog"], seed: 3)
    try ana.edit(.trash, [ids[5]])
    try await ana.push(store)
    let pulled = try await bo.pull(store)
    #expect(pulled.segments == 5 && pulled.added == 41 && pulled.problems.isEmpty)
    #expect(try ana.exchanged() == bo.exchanged())
    #expect(try bo.ids() == ana.ids(), "an empty library takes over the numbers")
    #expect(try bo.library().check().isSound)
    #expect(try bo.missingImages() == 0)
    #expect(try await bo.push(store).generations == 0)
    try bo.edit(.note("mine"), [ids[1]])
    #expect(try await bo.push(store).generations == 1)
    try await ana.pull(store)
    #expect(try ana.exchanged() == bo.exchanged())
  }

  @Test("a segment with a line that cannot be read is found among others, which are all merged")
  func badLine() async throws {
    for number in 1...4 {
      try ana.plant(["cat \(number)"], seed: UInt64(number))
      try await ana.push(store)
    }
    let key = try #require(try await segments().dropFirst().first?.key)
    let name = try #require(RemoteLayout.SegmentName(key))
    let header = SegmentHeader(library: name.library, counter: name.counter)
    let bytes = try #require(Gzip.compressed(header.line + Array("{\"prompt\":7}\n".utf8)))
    try await store.remove(key)
    let bad = RemoteLayout.segment(name.counter, of: name.library, Digest(of: bytes))
    try await store.write(bytes, to: bad)
    let pulled = try await bo.pull(store)
    #expect(pulled.added == 3 && pulled.segments == 3)
    #expect(pulled.problems == [RemoteProblem(key: bad, kind: .damaged)])
    let again = try await bo.pull(store)
    #expect(again.problems == pulled.problems && again.added == 0)
  }

  @Test("a push or a pull that is stopped at any step continues, and ends as if it had not been")
  func stops() async throws {
    for doneBefore in [false, true] {
      var failure = 1
      while true {
        let place = try TemporaryFolder()
        let store = FolderStore(place.path.appending("remote"))
        let (ana, bo) = (try Replica(), try Replica())
        try ana.plant(["cat", "dog"], seed: 1)
        try bo.plant(["owl"], seed: 2)
        try await bo.push(store)
        func attempt(_ body: (any RemoteStore) async throws -> Void) async throws -> Bool {
          do {
            try await body(FailingStore(store, at: failure, doneBefore: doneBefore))
            return true
          } catch is FailingStore.Killed {
            try await body(store)
            return false
          }
        }
        let isPushWhole = try await attempt { try await ana.push($0) }
        let isPullWhole = try await attempt { try await bo.pull($0) }
        try await ana.pull(store)
        #expect(try ana.exchanged() == bo.exchanged(), "stopped at \(failure), \(doneBefore)")
        #expect(try ana.missingImages() == 0 && bo.missingImages() == 0)
        let report = try await bo.connection(store).check(deep: true)
        #expect(report.problems.isEmpty, "stopped at \(failure), \(doneBefore)")
        if isPushWhole, isPullWhole { break }
        failure += 1
        try #require(failure < 60)
      }
      #expect(failure > 8)
    }
  }

  @Test(
    "an older state of a library that is put back takes a new id and gets its later edits again")
  func putBack() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    let old = folder.path.appending("old").text
    try FileManager.default.copyItem(atPath: ana.folder.catalog.text, toPath: old)
    try ana.edit(.rate(5), ids)
    try await ana.push(store)
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ana.folder.catalog.text + suffix)
    }
    try FileManager.default.copyItem(atPath: old, toPath: ana.folder.catalog.text)
    try ana.edit(.note("later"), ids)
    let report = try await ana.push(store)
    #expect(report.tookNewID && report.segments == 1)
    try await ana.pull(store)
    try await bo.pull(store)
    #expect(try ana.library().generation(ids[0])?.rating == 5)
    #expect(try ana.exchanged() == bo.exchanged())
    let check = try await bo.connection(store).check(deep: true)
    #expect(check.libraries == 2 && check.problems.isEmpty)
  }

  @Test(
    "damaged, truncated and foreign objects are named and skipped, and are read when they are complete"
  )
  func damage() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    let first = try #require(try await segments().first)
    let whole = try #require(try await store.read(first.key, limit: 1 << 20))
    try ana.plant(["dog"], seed: 3)
    try await ana.push(store)
    try await store.write(Array("x".utf8), to: "segments/stranger.txt")
    try await store.write(Array("x".utf8), to: "heads/stranger")
    for damaged in [Array(whole.dropLast(3)), whole.map { $0 ^ 1 }, []] {
      try await store.write(damaged, to: first.key)
      let report = try await bo.pull(store)
      #expect(Set(report.problems.map(\.kind)) == [.damaged, .foreign])
      #expect(try bo.ids().count == 1, "the other segment is merged")
      let check = try await bo.connection(store).check(deep: true)
      #expect(check.problems.contains(RemoteProblem(key: first.key, kind: .damaged)))
    }
    try await store.write(whole, to: first.key)
    let report = try await bo.pull(store)
    #expect(report.added == 1 && report.problems.map(\.kind) == [.foreign])
    #expect(try ana.exchanged() == bo.exchanged())
  }

  @Test("a segment that expands without end, or is another's under a wrong name, is refused")
  func hostileSegments() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    let writer = String(repeating: "ab", count: 16)
    let bomb = try #require(Gzip.compressed([UInt8](repeating: 0x20, count: 30_000_000)))
    #expect(try Gzip.decompress(bomb, limit: 1_000_000) { _ in } == false)
    let first = try #require(try await segments().first)
    let bytes = try #require(try await store.read(first.key, limit: 1 << 20))
    for content in [bomb, bytes] {
      try await store.write(
        content, to: RemoteLayout.segment(1, of: writer, Digest(of: content)))
      try await store.write(Array(#"{"counter":1}"#.utf8), to: RemoteLayout.head(of: writer))
      let report = try await bo.pull(store)
      #expect(report.problems.contains { $0.kind == .damaged })
      #expect(try bo.ids().count == 1)
    }
  }

  @Test(
    "images stay on the remote until they are fetched, and are dropped only if the remote has them")
  func imagesOnDemand() async throws {
    try ana.plant(["cat", "dog"], seed: 1)
    try await ana.push(store)
    let pulled = try await bo.pull(store, images: .none)
    #expect(pulled.images == 0 && pulled.remoteImages == 2)
    #expect(try bo.missingImages() == 2)
    let ids = try bo.ids()
    let fetched = try await bo.connection(store).fetch([ids[0]])
    #expect(fetched.images == 1 && fetched.problems.isEmpty)
    #expect(try bo.missingImages() == 1)
    let dropped = try await bo.connection(store).drop(ids)
    #expect(dropped.images == 1)
    #expect(try bo.missingImages() == 2 && bo.library().check().isSound)
    // The remote loses one image and damages the other.
    let images = try await store.objects(in: RemoteLayout.images)
    try await store.remove(images[0].key)
    let size = Int(images[1].size)
    try await store.write([UInt8](repeating: 0, count: size), to: images[1].key)
    let refused = try await ana.connection(store).drop(try ana.ids())
    #expect(refused.images == 0 && Set(refused.problems.map(\.kind)) == [.absent, .damaged])
    #expect(try ana.missingImages() == 0)
    let failed = try await bo.connection(store).fetch(ids)
    #expect(failed.images == 0 && failed.problems.count == 2)
    // The library that has the files sends both again.
    let repaired = try await ana.push(store)
    #expect(repaired.images == 2)
    #expect(try await ana.connection(store).check(deep: true).problems.isEmpty)
  }

  @Test("an image that is damaged here is named and not pushed, and its record says so")
  func damagedImage() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    let image = try #require(try ana.library().generation(ids[0])?.images.first)
    let file = ana.folder.absolutePath(of: image).text
    try FileManager.default.removeItem(atPath: file)
    #expect(FileManager.default.createFile(atPath: file, contents: Data("other".utf8)))
    let report = try await ana.push(store)
    #expect(report.images == 0 && report.problems.map(\.kind) == [.localDamaged])
    #expect(try await store.objects(in: RemoteLayout.images).isEmpty)
    let pulled = try await bo.pull(store)
    #expect(pulled.added == 1 && pulled.remoteImages == 0)
  }

  @Test("a permanent deletion is pushed and pulled, and a replaced remote gets everything again")
  func deletion() async throws {
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    try await exchange()
    try ana.edit(.trash, [ids[0]])
    try ana.library().emptyTrash(at: ana.now)
    try await exchange()
    #expect(try bo.library().trash(limit: 9).count == 1)
    try bo.library().emptyTrash(at: bo.now)
    try await exchange()
    #expect(try ana.exchanged() == bo.exchanged() && ana.ids().count == 1)
    try FileManager.default.removeItem(atPath: path(""))
    try await store.write(
      Array(#"{"seedbank_remote":1,"id":"0123456789abcdef0123456789abcdef"}"#.utf8),
      to: RemoteLayout.format)
    let report = try await ana.push(store)
    #expect(report.generations == 1 && report.images == 1)
    let cleo = try Replica()
    try await cleo.pull(store)
    #expect(try cleo.exchanged() == ana.exchanged())
  }

  @Test(
    "a clone does not have generations that were permanently deleted in any library",
    arguments: [true, false])
  func deletedBefore(_ isOwn: Bool) async throws {
    try ana.plant(["cat", "dog"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store)
    let eraser = isOwn ? ana : bo
    let id = try #require(try eraser.ids().first)
    try eraser.edit(.trash, [id])
    try eraser.library().emptyTrash(at: eraser.now)
    try await eraser.push(store)
    let cleo = try Replica()
    let pulled = try await cleo.pull(store)
    #expect(pulled.added == 1 && pulled.trashed == 0 && pulled.problems.isEmpty)
    #expect(try cleo.library().trash(limit: 9).isEmpty && cleo.ids().count == 1)
    #expect(try cleo.exchanged() == eraser.exchanged())
    #expect(try cleo.library().check().isSound)
    let unused = try cleo.library().read {
      try Int.fetchOne(
        $0,
        sql: """
          SELECT (SELECT count(*) FROM remote_image WHERE sha256 NOT IN (SELECT sha256 FROM image))
            + (SELECT count(*) FROM prompt WHERE id NOT IN (SELECT prompt_id FROM generation))
          """)
    }
    #expect(unused == 0)
    // A library that had the generation before has it in its trash.
    let other = isOwn ? bo : ana
    #expect(try await other.pull(store).trashed == 1)
  }

  @Test("a remote is not created in the folder of a library")
  func inLibrary() async throws {
    try ana.plant(["cat"], seed: 1)
    for path in [bo.folder.path, bo.folder.images] {
      await #expect(throws: RemoteError.insideLibrary(path, library: bo.folder.path)) {
        try await ana.push(FolderStore(path))
      }
    }
    #expect(try bo.library().check().isSound)
  }

  @Test("records from one remote are pushed to a second one")
  func relay() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store)
    let second = FolderStore(folder.path.appending("second"))
    let report = try await bo.connection(second, name: "second").push()
    #expect(report.generations == 1 && report.images == 1)
    try ana.plant(["dog"], seed: 2)
    try await ana.push(store)
    try await bo.pull(store)
    #expect(try await bo.connection(second, name: "second").push().generations == 1)
    let cleo = try Replica()
    _ = try await cleo.connection(second).pull(images: .all)
    #expect(try cleo.exchanged() == ana.exchanged())
  }
}
