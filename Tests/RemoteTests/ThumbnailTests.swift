import FilePaths
import Foundation
import SeedbankImaging
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Thumbnails on a remote") struct ThumbnailTests {
  @Test("a pack is read back as it was written, and a damaged one is refused", arguments: 1...5)
  func packs(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let entries = (0..<Int.random(in: 0...9, using: &random)).map { number in
      let size =
        [0, 1, 511, 512, 513, Int.random(in: 0...9_000, using: &random)]
        .randomElement(using: &random) ?? 0
      return ThumbnailPack.Entry(
        image: Digest(of: [UInt8(number)]),
        jpeg: (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    let tar = ThumbnailPack(entries).tar
    #expect(ThumbnailPack(tar: tar)?.entries == entries)
    #expect(ThumbnailPack(tar: Array(tar.dropLast(1024))) == nil)
    for _ in 0..<50 {
      var damaged = tar
      damaged[Int.random(in: 0..<tar.count, using: &random)] ^= UInt8.random(
        in: 1...255, using: &random)
      // It never reads beyond its bytes.
      _ = ThumbnailPack(tar: Array(damaged.prefix(Int.random(in: 0...tar.count, using: &random))))
    }
  }

  @Test(
    "a pull gets thumbnails before images, once, and they are replaced by the images",
    arguments: StoreKind.allCases)
  func exchange(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let store = fixture.store
    let (ana, bo) = (try Replica(), try Replica())
    try ana.plantPictures(["cat", "dog"], seed: 1)
    try ana.plant(["no picture"], seed: 2)
    try await ana.push(store)
    let pulled = try await bo.pull(store, images: .none)
    #expect(pulled.thumbnails == 2 && pulled.images == 0 && pulled.problems.isEmpty)
    let received = try bo.receivedThumbnails()
    for jpeg in received {
      let header = try ImageHeader.read(jpeg)
      #expect(header.format == .jpeg && header.width == 320 && header.height == 240)
    }
    #expect(received.count == 2 && Set(received).count == 2)
    let counting = FailingStore(store, at: .max, doneBefore: false)
    #expect(try await bo.pull(counting, images: .none).thumbnails == 0)
    #expect(counting.operations <= 3)
    #expect(try bo.library().check().isSound)
    let id = try #require(
      try bo.ids().first { try bo.library().generation($0)?.prompt == "cat" })
    func shown() throws -> FilePath? {
      let library = try bo.library()
      return try library.generation(id)?.images.first.map { library.folder.shownFile(of: $0) }
    }
    #expect(try shown()?.text.hasSuffix("-remote.jpg") == true)
    #expect(try await bo.connection(store).fetch([id]).images == 1)
    #expect(try shown()?.text.hasSuffix(".png") == true)
    #expect(try bo.receivedThumbnails().count == 1)
    // A file that is removed leaves a thumbnail.
    #expect(try await bo.connection(store).drop([id]).images == 1)
    #expect(try shown()?.text.hasSuffix("-remote.jpg") == true)
    #expect(try bo.receivedThumbnails() == received)
    #expect(try await bo.connection(store).check(deep: true).problems.isEmpty)
    // The next pull restores a removed folder of thumbnails.
    try FileManager.default.removeItem(atPath: bo.folder.thumbnails.text)
    #expect(try await bo.pull(store, images: .none).thumbnails == 2)
    try await bo.pull(store)
    #expect(try bo.receivedThumbnails().isEmpty && bo.missingImages() == 0)
    await store.close()
  }

  @Test("a push and a pull that are stopped at any step lose no thumbnail")
  func stops() async throws {
    for doneBefore in [false, true] {
      var failure = 1
      while true {
        let place = try TemporaryFolder()
        let store = FolderStore(place.path.appending("remote"))
        let (ana, bo) = (try Replica(), try Replica())
        try ana.plantPictures(["cat", "dog"], seed: 1)
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
        let isPullWhole = try await attempt { try await bo.pull($0, images: .none) }
        #expect(try bo.receivedThumbnails().count == 2, "stopped at \(failure), \(doneBefore)")
        if isPushWhole, isPullWhole { break }
        failure += 1
        try #require(failure < 60)
      }
      #expect(failure > 6)
    }
  }

  @Test("a damaged pack is named and skipped, and bytes that are not a small JPEG are not stored")
  func damage() async throws {
    let folder = try TemporaryFolder()
    let store = FolderStore(folder.path.appending("remote"))
    let (ana, bo) = (try Replica(), try Replica())
    for prompt in ["cat", "dog", "owl"] {
      try ana.plantPictures([prompt], seed: 1)
      try await ana.push(store)
    }
    let packs = try await store.objects(in: RemoteLayout.thumbnails)
    #expect(packs.count == 3)
    try await store.write([1, 2, 3], to: packs[0].key)
    let name = try #require(RemoteLayout.ThumbnailsName(packs[1].key))
    let bytes = try #require(try await store.read(packs[1].key, limit: 1 << 20))
    let entries = try #require(ThumbnailPack(tar: bytes)).entries
    let page = ThumbnailPack(entries.map { .init(image: $0.image, jpeg: Array("<html>".utf8)) }).tar
    try await store.remove(packs[1].key)
    try await store.write(
      page, to: RemoteLayout.thumbnails(name.counter, of: name.library, Digest(of: page)))
    try await store.write([1], to: RemoteLayout.thumbnails + "notes.txt")
    let pulled = try await bo.pull(store, images: .none)
    #expect(pulled.added == 3 && pulled.thumbnails == 1)
    #expect(pulled.problems == [RemoteProblem(key: packs[0].key, kind: .damagedThumbnails)])
    let checked = try await bo.connection(store).check(deep: true)
    #expect(Set(checked.problems.map(\.kind)) == [.damagedThumbnails, .foreign])
    // The images arrive without thumbnails.
    #expect(try await bo.pull(store).images == 3)
  }
}
