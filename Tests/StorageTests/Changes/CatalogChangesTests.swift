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

  @Test("more changes than the limit are not named")
  func limit() throws {
    let position = try library.position()
    try library.edit(.rate(3), on: ids[..<5], by: "ana", at: noon)
    #expect(try changed(since: position, limit: 5) == [1, 2, 3, 4, 5])
    #expect(try changed(since: position, limit: 4) == nil)
  }
}
