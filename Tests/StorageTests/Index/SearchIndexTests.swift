import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("The search index") struct SearchIndexTests {
  private func verify(_ library: Library) throws -> IndexFaults {
    try library.write { try SearchIndex.verify(in: $0) }
  }

  @Test("the index matches the rows after any edits", arguments: 1...5)
  func randomEdits(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 40)
    let fixture = try SearchFixture()
    try fixture.fill(30, &random)
    #expect(try verify(fixture.library).isEmpty)
    for _ in 0..<40 {
      let ids = (0..<3).map { _ in Int64.random(in: 1...30, using: &random) }
      try fixture.library.write { database in
        try SearchIndex.editing(ids, in: database) {
          try edit(ids, &random, database)
        }
      }
    }
    #expect(try verify(fixture.library).isEmpty)
  }

  @Test(
    "an index of older folding rules is rebuilt if a token differs, however the library is opened",
    arguments: [Library.Access.reading, .writing], ["カ\u{3099}", "ガ"])
  func olderRules(_ access: Library.Access, tag: String) throws {
    let home = try TemporaryLibrary()
    try home.library.plant(["cat"], tags: [tag])
    try home.library.write { database in
      try database.execute(
        sql: """
          INSERT INTO search_index(search_index) VALUES ('delete-all');
          UPDATE search_state SET rules = 1
          """)
    }
    let library = try home.reopened(for: access)
    let isCurrent = try library.read { try SearchIndex.isCurrent(in: $0) }
    #expect(isCurrent)
    // Rules for marks do not concern the other tag, so its entry, which is missing, is not written.
    let count = try library.count(Query.parse("tag:ガ").query, at: SearchFixture.utc)
    #expect(count == (tag.isIdentical(to: "ガ") ? 0 : 1))
  }

  @Test("an edit of many generations, and undoing it, leave the index equal to the rows")
  func manyEdits() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 6_000)
    let ids = (1...6_000).shuffled().map { GenerationID($0) }
    let now = SearchFixture.now
    // The words of the tags also occur in prompts.
    let tags = ["light", "word12/new", "other"].compactMap { TagName($0) }
    let report = try home.library.edit(.tag(add: tags, remove: []), on: ids, by: "ann", at: now)
    #expect(report.changed == 6_000)
    #expect(try verify(home.library).isEmpty)
    let query = try Query.parse("tag:word12").query
    #expect(try home.library.count(query, at: SearchFixture.utc) == 6_000)
    #expect(try home.library.undo(at: now).map(\.fields) == [18_000])
    #expect(try verify(home.library).isEmpty)
    #expect(try home.library.count(query, at: SearchFixture.utc) == 0)
  }

  @Test("the work of an edit grows with the number of generations, and no faster")
  func growth() throws {
    func instructions(_ count: Int) throws -> (edit: Int, undo: Int) {
      let home = try TemporaryLibrary()
      try home.library.add(many: count)
      let ids = (1...Int64(count)).map { GenerationID($0) }
      let tags = ["new"].compactMap { TagName($0) }
      let edit = try home.library.instructions {
        try home.library.edit(
          .tag(add: tags, remove: []), on: ids, by: "ann", at: SearchFixture.now)
      }
      let undo = try home.library.instructions {
        _ = try home.library.undo(at: SearchFixture.now)
      }
      return (edit, undo)
    }
    let (few, many) = (try instructions(300), try instructions(3_000))
    #expect(many.edit < few.edit * 11)
    #expect(many.undo < few.undo * 11)
  }

  private func edit(_ ids: [Int64], _ random: inout SeededGenerator, _ database: Database) throws {
    let id = ids.randomElement(using: &random) ?? 1
    let edits: [(String, StatementArguments)] = [
      ("UPDATE generation SET rating = ? WHERE id = ?", [random.maybe { _ in 4 }, id]),
      ("UPDATE generation SET note = ? WHERE id = ?", [SearchFixture.text(&random), id]),
      ("UPDATE generation SET favorite = 1 - favorite WHERE id = ?", [id]),
      ("UPDATE generation SET trashed_at = 5 WHERE id = ?", [id]),
      ("UPDATE generation SET trashed_at = NULL WHERE id = ?", [id]),
      ("UPDATE generation SET width = 640, height = 480 WHERE id = ?", [id]),
      ("DELETE FROM generation_tag WHERE generation_id = ?", [id]),
      (
        "INSERT OR IGNORE INTO generation_tag SELECT ?, id FROM tag ORDER BY random() LIMIT 1",
        [id]
      ),
    ]
    guard let (sql, arguments) = edits.randomElement(using: &random) else { return }
    try database.execute(sql: sql, arguments: arguments)
  }

  @Test("a change without the index is found, named, and repaired by a rebuild")
  func drift() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat", tags: ["x"])
    let changed = try fixture.add("a dog", tags: ["y"])
    try fixture.library.write { database in
      try database.execute(sql: "UPDATE generation SET note = 'big' WHERE id = 2")
    }
    let faults = try verify(fixture.library)
    #expect(faults.generations == [changed])
    #expect(!faults.facetsAreWrong)
    try fixture.library.write { database in
      try database.execute(sql: "UPDATE facet SET uses = 9 WHERE kind = 'tag'")
      #expect(try SearchIndex.verify(in: database).facetsAreWrong)
      try SearchIndex.rebuild(in: database)
    }
    #expect(try verify(fixture.library).isEmpty)
    #expect(try fixture.find("big dog") == [2])
  }

  @Test("Words of other tools' settings are found by their fields and by nothing else")
  func settings() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat") { draft in
      draft.provenance = Provenance(
        tool: "a1111", settings: #"{"negative_prompt":"blurry hands","steps":20}"#, raw: nil)
    }
    #expect(try fixture.find("blurry").isEmpty)
    #expect(try fixture.find("negative:\"blurry hands\"") == [1])
    #expect(try fixture.find("settings:\"steps 20\"") == [1])
    #expect(try fixture.find("settings:hand*") == [1])
    #expect(try fixture.find("negative:steps").isEmpty)
  }
}
