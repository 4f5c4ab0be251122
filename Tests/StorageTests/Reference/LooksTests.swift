import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Fingerprints of a library")
struct LooksTests {
  private func image(_ hash: UInt64?, position: Int = 1) -> CataloguedImage {
    CataloguedImage(
      position: position, digest: Digest(of: [UInt8(position)]), format: "png", width: 1, height: 1,
      bytes: 1, perceptualHash: hash)
  }

  @Test("are those of every image with a hash outside the trash, oldest first")
  func hashes() throws {
    let fixture = try SearchFixture()
    try fixture.add("two images") { $0.images = [image(1 << 63), image(2, position: 2)] }
    try fixture.add("in the trash") {
      $0.images = [image(3)]
      $0.trashedAt = SearchFixture.now
    }
    try fixture.add("not hashed yet") { $0.images = [image(nil)] }
    try fixture.add("one more") { $0.images = [image(4)] }
    let found = try fixture.library.perceptualHashes()
    #expect(found.map(\.hash) == [1 << 63, 2, 4])
    let places = try fixture.library.images(numbered: found.map(\.id))
    #expect(places.map(\.generation) == [GenerationID(1), GenerationID(1), GenerationID(4)])
    #expect(places.map(\.position) == [1, 2, 1])
  }

  @Test("are read without the generations' own rows")
  func plan() throws {
    let fixture = try SearchFixture()
    let details = try fixture.library.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + Library.hashesQuery)
        .map { $0["detail"] as String }
    }
    #expect(details.contains("SCAN image"), "\(details)")
    #expect(details.contains { $0.contains("COVERING INDEX generation_trashed") }, "\(details)")
    #expect(!details.contains { $0.contains("TEMP B-TREE") }, "\(details)")
  }
}
