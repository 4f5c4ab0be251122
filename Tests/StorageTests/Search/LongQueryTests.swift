import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Queries with thousands of conditions, or with many nested groups") struct LongQueryTests {
  @Test(
    "are answered, though SQLite limits the depth of an expression",
    arguments: [
      ("id:", ",", "", [1, 3]), ("seed:", " OR seed:", "", [1, 3]),
      ("-seed:", " -seed:", "", [2, 4]), ("parent:", " OR parent:", " OR seed:2", [2]),
    ])
  func long(start: String, separator: String, end: String, expected: [Int64]) throws {
    let fixture = try SearchFixture()
    for seed in 1...4 { try fixture.add("cat") { $0.parameters.seed = ImageSeed(Int64(seed)) } }
    let values = [1, 3] + Array(100..<3_100)
    let text = start + values.map(String.init).joined(separator: separator) + end
    #expect(try fixture.find(text).sorted() == expected)
  }

  @Test(
    "nested groups have the same matches in SQL and in memory, as deeply as they can be typed",
    arguments: [
      ["cat", "-猫", "tag:draft", "rating:>=3", "model:*0*"],
      ["is:failed", "watermark:yes", "has:image", "created:2026-11", "raw:猫"],
      ["cat", "is:failed", "has:note", "seed:42", "-collection:Best"],
    ], [["-(", "-("], ["(", "-("], ["(", "("]])
  func nested(_ conditions: [String], brackets: [String]) throws {
    var random = SeededGenerator(seed: 90)
    let fixture = try SearchFixture()
    try fixture.fill(40, &random)
    let records = try fixture.records()
    let local = SearchFixture.utc
    for levels in [1, 2, 3, 5, 8, 13, 21, 34, 49, QueryLexer.deepest] {
      let text = (0..<levels).reduce("fish*") { inner, level in
        let sign = level % 2 == 0 ? " " : " OR "
        return conditions[level % conditions.count] + sign + brackets[level % 2] + inner + ")"
      }
      let parsed = try Query.parse(text)
      #expect(parsed.notes.isEmpty)
      let expected = records.filter { parsed.query.matches($0, at: local) }.map(\.generation.id)
      let request = SearchRequest(parsed.query, order: .oldest, limit: 0, at: local)
      try #require(try fixture.library.ids(request) == expected, "\(levels) levels: \(text)")
      #expect(try fixture.library.count(parsed.query, at: local) == expected.count)
      #expect(try fixture.library.facets(parsed.query, at: local).total == expected.count)
    }
  }

  @Test(
    "errors because of a limit of SQLite do not count as damage of the index",
    arguments: [
      "fts5: parser stack overflow", "parser stack overflow",
      "fts5 expression tree is too large (maximum depth 256)",
      "Expression tree is too large (maximum depth 1000)", "too many SQL variables",
    ])
  func limits(message: String) {
    let error = DatabaseError(
      resultCode: .SQLITE_ERROR, message: message, sql: "SELECT rowid FROM search_index")
    #expect(!error.isIndexDamage)
  }

  /// Returns a library with the saved searches `s0`, which is `cat`, `s1` and so on, as a restore can
  /// add them.
  private func fixture(searches: Int, _ query: (Int) -> String) throws -> SearchFixture {
    let fixture = try SearchFixture()
    for prompt in ["a cat", "a dog", "a cat and a dog"] { try fixture.add(prompt) }
    try fixture.library.write { database in
      for number in 0..<searches {
        try database.execute(
          sql: "INSERT INTO saved_search(name, query, created_at) VALUES (?, ?, 0)",
          arguments: ["s\(number)", number == 0 ? "cat" : query(number)])
      }
    }
    return fixture
  }

  @Test("saved searches that each use another one twice are refused if they become too long")
  func multiplying() throws {
    let fixture = try fixture(searches: 17) { "search:s\($0 - 1) search:s\($0 - 1)" }
    #expect(try fixture.find("search:s9") == [3, 1])
    #expect(throws: SearchError.tooLarge("s13")) { try fixture.find("search:s16") }
  }

  @Test("a chain of saved searches is evaluated, or refused if it is too long")
  func chain() throws {
    let fixture = try fixture(searches: 150) { "dog -search:s\($0 - 1)" }
    #expect(try fixture.find("search:s40") == [3])
    #expect(try fixture.find("search:s41") == [2])
    #expect(throws: SearchError.self) { try fixture.find("search:s149") }
  }
}
