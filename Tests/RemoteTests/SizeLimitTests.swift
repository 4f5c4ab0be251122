import FilePaths
import Foundation
import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Sizes on a remote") struct SizeLimitTests: SharedRemoteSuite {
  let remote: SharedRemote

  init() throws { remote = try SharedRemote() }

  @Test("a segment whose first line is too long is damaged, and the others are read")
  func longHeader() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    let writer = String(repeating: "ab", count: 16)
    let header = SegmentHeader(library: writer, counter: 1, previous: 0)
    var text = Array(header.line.dropLast())
    text += [UInt8](repeating: 0x20, count: 10_000)
    text += Array("\n{\"prompt\":\"x\"}\n".utf8)
    let bytes = try #require(Gzip.compressed(text))
    let key = RemoteLayout.segment(1, of: writer, Digest(of: bytes))
    try await store.write(bytes, to: key)
    try await store.write(Array(#"{"counter":1}"#.utf8), to: RemoteLayout.head(of: writer))
    let pulled = try await bo.pull(store)
    #expect(pulled.problems.contains(RemoteProblem(key: key, kind: .damaged)))
    #expect(pulled.added == 1)
  }

  @Test("sizes of a listing near the largest number do not stop a pull, a check or a prune")
  func hugeSizes() async throws {
    for prompt in ["cat", "dog"] {
      try ana.plant([prompt], seed: 1)
      try await ana.push(store)
      let stray = Array("stray \(prompt)".utf8)
      try await store.write(stray, to: RemoteLayout.image(Digest(of: stray)))
    }
    let huge = HugeListing(store)
    #expect(try await bo.pull(huge).added == 2)
    let checked = try await ana.connection(huge).check(deep: true)
    #expect(checked.imageBytes == .max && checked.unusedBytes == .max)
    let early = try await ana.connection(huge).prune(grace: 1e9, isDryRun: true)
    #expect(early.waiting == 2 && early.waitingBytes == .max)
    let late = try await ana.connection(huge).prune(grace: -1e9, isDryRun: true)
    #expect(late.images == 2 && late.imageBytes == .max)
  }

  @Test("a list of a snapshot that is too large is not read")
  func longList() async throws {
    let writer = String(repeating: "ab", count: 16)
    let list = SnapshotList(counters: [:], parts: []).json
    for (padding, isRead) in [(0, true), (SnapshotList.limit, false)] {
      let bytes = list + [UInt8](repeating: 0x20, count: padding)
      let key = RemoteLayout.snapshot(1, of: writer, Digest(of: bytes))
      try await store.write(bytes, to: key)
      let name = try #require(RemoteLayout.SnapshotName(key))
      let found = try await bo.connection(store).snapshotList(name, key)
      #expect((found != nil) == isRead)
    }
  }

  @Test("an image that is larger than the free space of the disk is not downloaded")
  func noRoom() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store, images: .none)
    let image = try #require(try await store.objects(in: RemoteLayout.images).first)
    let bytes = try bo.library().images.freeDiskSpace()
    // A file with a hole, which uses no space.
    let path = folder.path.appending("remote").text + "/" + image.key
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: UInt64(bytes))
    try file.close()
    try bo.library().write { database in
      try database.execute(sql: "UPDATE image SET bytes = ?", arguments: [bytes])
    }
    await #expect(throws: LibraryError.full(path: bo.folder.incoming)) {
      try await bo.pull(store)
    }
  }

  @Test(
    "an image with a wrong size in its record is named, and the others are downloaded",
    arguments: [Int64.max, Int64.max / 4])
  func wrongRecord(_ bytes: Int64) async throws {
    try ana.plant(["cat", "dog"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store, images: .none)
    try bo.library().write { database in
      try database.execute(
        sql: """
          UPDATE image SET bytes = ? WHERE generation_id = (SELECT min(generation_id) FROM image)
          """, arguments: [bytes])
    }
    let first = try await bo.pull(store)
    #expect(first.images == 1 && first.problems.map(\.kind) == [.wrongSize])
    let key = try #require(first.problems.first?.key)
    try await store.remove(key)
    let second = try await bo.pull(store)
    #expect(second.problems == [RemoteProblem(key: key, kind: .absent)])
  }

  @Test("the sizes in the records of dropped images end at the largest number")
  func hugeRecords() async throws {
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    try await ana.push(store)
    try ana.library().write { try $0.execute(sql: "UPDATE image SET bytes = \(Int64.max)") }
    let report = try await ana.connection(store).drop(ids)
    #expect(report.images == 2 && report.imageBytes == .max && report.problems.isEmpty)
  }

  @Test("an object that is larger than expected is not downloaded", arguments: StoreKind.allCases)
  func largerObject(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    try ana.plant(["cat"], seed: 1)
    try await ana.push(fixture.store)
    let image = try #require(try await fixture.store.objects(in: RemoteLayout.images).first)
    try await fixture.store.write([UInt8](repeating: 1, count: 1 << 20), to: image.key)
    let pulled = try await bo.pull(fixture.store)
    #expect(pulled.problems == [RemoteProblem(key: image.key, kind: .wrongSize)])
    await fixture.store.close()
  }

  @Test("a push writes another segment when one has enough bytes, and nothing is left out")
  func largeSegment() async throws {
    try ana.plant((0..<300).map { "cat \($0)" }, seed: 1)
    let library = try ana.connection(store).library
    let first = try #require(try library.changedRecords(for: "team", limit: 1_000, bytes: 1))
    #expect(first.generations == 25 && !first.completes)
    try library.finish(first, segment: 1, by: try library.writerID(), to: "team")
    let second = try #require(
      try library.changedRecords(for: "team", limit: 1_000, bytes: 50_000))
    #expect(second.generations > 25 && second.lines.count < 60_000 && !second.completes)
    try library.finish(second, segment: 2, by: try library.writerID(), to: "team")
    let third = try #require(try library.changedRecords(for: "team", limit: 1_000))
    #expect(25 + second.generations + third.generations == 300 && third.completes)
    try library.finish(third, segment: 3, by: try library.writerID(), to: "team")
    let rest = try library.changedRecords(for: "team", limit: 1_000)
    #expect(rest?.generations == nil)
  }

  @Test("a snapshot has another part when one has enough bytes, and counts each generation once")
  func largeSnapshot() async throws {
    try ana.plant((0..<30).map { "cat \($0)" }, seed: 1)
    try await ana.push(store)
    let library = try ana.connection(store).library
    for bytes in [1, 64 << 20] {
      var (parts, lines, generations) = (0, 0, 0)
      _ = try library.snapshot(for: "team", partSize: 20, bytes: bytes) { _, text, count in
        parts += 1
        lines += text.filter { $0 == 0x0A }.count
        generations += count
      }
      #expect(parts == (bytes == 1 ? 30 : 2) && lines == 30 && generations == 30)
    }
  }
}

/// A store whose listings say that each object has the largest size that there is.
private final class HugeListing: ForwardingStore {
  let store: any RemoteStore

  init(_ store: any RemoteStore) { self.store = store }

  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws {
    try await store.list(folder, after: after) { objects in
      try take(
        objects.map {
          StoredObject(key: $0.key, size: .max, version: $0.version, modified: $0.modified)
        })
    }
  }
}
