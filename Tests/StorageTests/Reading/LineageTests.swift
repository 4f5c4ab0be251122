import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("The lineage of a generation") struct LineageTests {
  let home: TemporaryLibrary
  var library: Library { home.library }

  init() throws { home = try TemporaryLibrary() }

  /// Records a generation for each parent, where 0 means no parent; the ids are 1, 2 and so on.
  private func plant(parents: [Int64]) throws {
    try library.plant(parents.indices.map { "prompt \($0 + 1)" })
    for (index, parent) in parents.enumerated() where parent > 0 {
      try library.write { database in
        try database.execute(
          sql: "UPDATE generation SET parent_id = ?, parent_change = ? WHERE id = ?",
          arguments: [parent, #"{"seed":\#(index)}"#, index + 1])
      }
    }
  }

  private func outline(_ lineage: Lineage?) -> [String] {
    lineage?.members.map { String(repeating: " ", count: $0.depth) + $0.id.description } ?? []
  }

  @Test("ancestors and descendants are in depth-first order, without siblings")
  func walk() throws {
    try plant(parents: [0, 1, 1, 2, 2, 4, 5, 3])
    let lineage = try #require(try library.lineage(of: GenerationID(2)))
    #expect(outline(lineage) == ["1", " 2", "  4", "   6", "  5", "   7"])
    #expect(lineage.members.map(\.childCount) == [2, 2, 1, 0, 1, 0])
    #expect(lineage.subject == GenerationID(2) && lineage.isWhole)
    #expect(outline(try library.lineage(of: GenerationID(6))) == ["1", " 2", "  4", "   6"])
    #expect(outline(try library.lineage(of: GenerationID(8))) == ["1", " 3", "  8"])
  }

  @Test("a generation without relatives is alone, and an unknown one has no tree")
  func alone() throws {
    try plant(parents: [0])
    let lineage = try #require(try library.lineage(of: GenerationID(1)))
    #expect(outline(lineage) == ["1"])
    #expect(lineage.members[0].parent == nil && lineage.members[0].changes == nil)
    #expect(try library.lineage(of: GenerationID(2)) == nil)
  }

  @Test("each step has its changes and its verdict")
  func changes() throws {
    try plant(parents: [0, 1])
    try library.write { database in
      try database.execute(
        sql: """
          UPDATE generation SET parent_change = '{"seed":7,"prompt":"a \\"cat\\"","x":[1,null]}',
            verdict = 'different', verdict_detail = '{"phash_distance":30}' WHERE id = 2
          """)
    }
    let lineage = try #require(try library.lineage(of: GenerationID(2)))
    let changes = try #require(lineage.members[1].changes)
    #expect(changes.map(\.field) == ["seed", "prompt", "x"])
    #expect(changes.map(\.text) == ["7", #"a "cat""#, "[1,null]"])
    #expect(changes.map(\.json) == ["7", #""a \"cat\"""#, "[1,null]"])
    #expect(lineage.members[1].verdict?.kind == "different")
    var writer = JSONWriter()
    lineage.write(lineage.members[1], to: &writer)
    #expect(writer.text.contains(#""parent":1,"depth":1,"current":true"#))
    #expect(writer.text.contains(#""changes":{"seed":7,"prompt":"a \"cat\"","x":[1,null]}"#))
    #expect(writer.text.hasSuffix(#""verdict":{"kind":"different","phash_distance":30}}"#))
  }

  @Test("a text that begins with a combining mark is shown without the quotation marks of JSON")
  func markedChange() {
    let changes = LineageChange.read("{\"prompt\":\"\u{301}a\"}")
    #expect(changes?.map(\.text) == ["\u{301}a"])
  }

  @Test(
    "a value that is not a JSON object counts as not recorded",
    arguments: ["", "7", "{", "{}}", "[]"])
  func damagedChange(text: String) {
    #expect(LineageChange.read(text) == nil)
  }

  @Test("a tree with too many members contains the nearest ones, and a note says so")
  func limit() throws {
    try plant(parents: [0] + (1...99).map { Int64($0) })
    let middle = try #require(try library.lineage(of: GenerationID(50), limit: 3))
    #expect(outline(middle) == ["48", " 49", "  50"])
    #expect(!middle.isWhole)
    #expect(try library.lineage(of: GenerationID(50), limit: 100)?.members.count == 100)
    #expect(try library.lineage(of: GenerationID(50), limit: 100)?.isWhole == true)
    let down = try #require(try library.lineage(of: GenerationID(1), limit: 3))
    #expect(outline(down) == ["1", " 2", "  3"])
  }

  @Test("a cycle in a damaged catalog ends")
  func cycle() throws {
    try plant(parents: [3, 1, 2, 2])
    let lineage = try #require(try library.lineage(of: GenerationID(3), limit: 50))
    #expect(Set(lineage.members.map(\.id)).isSuperset(of: (1...3).map { GenerationID($0) }))
    #expect(Set(lineage.members.map(\.id)).count == lineage.members.count)
  }
}
