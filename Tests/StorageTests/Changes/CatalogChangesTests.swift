import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

@Suite("Changes of the catalog since a position") struct CatalogChangesTests {
  private let home: TemporaryLibrary
  private let ids: [GenerationID]
  private var library: Library { home.library }

  init() throws {
    home = try TemporaryLibrary()
    ids = try home.library.plant((0..<8).map { "cat \($0)" }, tags: ["a"])
  }

  private func changed(since position: CatalogPosition, limit: Int = 20) throws -> [Int64]? {
    switch try library.changes(since: position, limit: limit).changes {
    case .generations(let changes): changes.map(\.id.rawValue)
    case .many: nil
    }
  }

  @Test("an edit of several generations, its undoing and its redoing name each of them once")
  func edits() throws {
    var position = try library.position()
    let tags = try ["a", "b"].map { try #require(TagName($0)) }
    try library.edit(.rate(3), on: ids[..<5], by: "ana", at: noon)
    try library.edit(.tag(add: [tags[1]], remove: [tags[0]]), on: ids[3..<7], by: "ana", at: noon)
    #expect(try changed(since: position) == [1, 2, 3, 4, 5, 6, 7])
    position = try library.position()
    #expect(try changed(since: position) == [])
    _ = try library.undo(at: noon)
    #expect(try changed(since: position) == [4, 5, 6, 7])
    position = try library.position()
    _ = try library.redo(at: noon)
    #expect(try changed(since: position) == [4, 5, 6, 7])
  }

  private func mark(_ id: Int64, missingSince time: Int64?) throws {
    try library.write { database in
      try database.execute(
        sql: "UPDATE image SET missing_since = ? WHERE generation_id = ?", arguments: [time, id])
    }
  }

  @Test("an image file that is removed, restored, or removed from a remote is a change")
  func absentImages() throws {
    var position = try library.position()
    try mark(3, missingSince: 1)
    #expect(try changed(since: position) == [3])
    position = try library.position()
    let read = try CatalogPosition(json: #require(position.json))
    #expect(read == position)
    try library.write { database in
      try database.execute(
        sql: """
          INSERT INTO remote(name, url) VALUES ('r', 'file:///r');
          INSERT INTO remote_image(sha256, remote) SELECT sha256, 'r' FROM image
          """)
    }
    #expect(try changed(since: position) == [3])
    position = try library.position()
    try mark(3, missingSince: nil)
    #expect(try changed(since: position) == [3])
  }

  @Test("changes among many absent images are noticed, and new generations do not count as such")
  func manyAbsentImages() throws {
    try library.write { database in
      try database.execute(
        sql: """
          WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x < 2100)
          INSERT INTO image(
            generation_id, position, sha256, format, width, height, bytes, missing_since)
          SELECT 1, x, randomblob(32), 'png', 1, 1, 1, 1 FROM n
          """)
    }
    let position = try library.position()
    try library.plant(["dog"], seed: 2)
    try mark(9, missingSince: 1)
    #expect(try changed(since: position) == [9])
    try mark(1, missingSince: nil)
    #expect(try changed(since: position) == nil)
  }

  @Test("images that arrive later for a partial group are a change, also if its status is the same")
  func laterImages() throws {
    func mark(_ error: String?) throws {
      try library.write { database in
        try database.execute(
          sql: "UPDATE generation SET error_code = ? WHERE id = 3", arguments: [error])
      }
    }
    try mark("partial")
    var position = try library.position()
    let read = try CatalogPosition(json: #require(position.json))
    #expect(read == position)
    try library.write { database in
      try database.execute(
        sql: """
          INSERT INTO image(generation_id, position, sha256, format, width, height, bytes)
          VALUES (3, 2, randomblob(32), 'png', 1, 1, 1)
          """)
    }
    #expect(try changed(since: position) == [3])
    position = try library.position()
    #expect(try changed(since: position) == [])
    try mark(nil)
    #expect(try changed(since: position) == [3])
  }

  @Test("more changes than the limit are not named")
  func limit() throws {
    let position = try library.position()
    try library.edit(.rate(3), on: ids[..<5], by: "ana", at: noon)
    #expect(try changed(since: position, limit: 5) == [1, 2, 3, 4, 5])
    #expect(try changed(since: position, limit: 4) == nil)
  }
}
