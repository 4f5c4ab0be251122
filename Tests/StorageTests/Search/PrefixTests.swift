import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Searches for the beginning of a word") struct PrefixTests {
  @Test("pages of a short prefix contain the matches of the in-memory search", arguments: 1...4)
  func agreement(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 300)
    let fixture = try SearchFixture()
    try fixture.fill(150, &random)
    let records = try fixture.records()
    let texts = [
      "c*", "cat*", "f*", "e*", "猫*", "йо*", "s* OR k*", "c* -fish", "prompt:c* tag:b", "zz*",
    ]
    for text in texts {
      let query = try Query.parse(text).query
      let all = records.filter { $0.matches(query) }.map(\.generation.id).sorted(by: >)
      for limit in [1, 7, 40, 200] {
        let newest = SearchRequest(query, limit: limit, at: SearchFixture.utc)
        #expect(try fixture.library.ids(newest) == Array(all.prefix(limit)), "\(text) \(limit)")
        var oldest = newest
        oldest.order = .oldest
        oldest.after = all.last
        #expect(
          try fixture.library.ids(oldest) == Array(all.reversed().dropFirst().prefix(limit)),
          "\(text) \(limit)")
        let count = try fixture.library.count(query, at: SearchFixture.utc, cap: limit)
        #expect(count == min(all.count, limit + 1), "\(text) \(limit)")
      }
    }
  }

  @Test("a page of a common prefix comes from the newest rows, a rare prefix from the index")
  func sources() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 600)
    func find(_ text: String) throws -> Int {
      let query = try Query.parse(text).query
      return try home.library.ids(SearchRequest(query, at: SearchFixture.utc)).count
    }
    #expect(try find("w*") == 50)
    #expect(try find("word12*") == 6)
    try home.library.write { database in
      try database.execute(sql: "INSERT INTO search_index(search_index) VALUES ('delete-all')")
    }
    #expect(try find("w*") == 50)
    #expect(try find("word12*") == 0)
  }

  @Test("a quick count is exact up to ten thousand matches, or up to the number that is shown")
  func quickCount() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 10_500)
    func count(_ text: String, shown: Int = 0) throws -> MatchCount {
      try home.library.quickCount(
        try Query.parse(text).query, at: SearchFixture.utc, shown: shown)
    }
    for text in ["wo*", "light", ""] {
      #expect(try count(text) == .moreThan(10_000))
      #expect(try count(text, shown: 10_499) == .moreThan(10_499))
      #expect(try count(text, shown: 10_500) == .exactly(10_500))
    }
    #expect(try count("zz*") == .exactly(0))
    #expect(try count("tag:tag1 w*") == .exactly(3_500))
  }

  @Test("that more match than are counted is read from the lists of whole words")
  func cappedCount() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 3_000)
    func count(_ text: String, cap: Int) throws -> (count: Int, steps: Int) {
      let query = try Query.parse(text).query
      var count = 0
      let steps = try home.library.instructions {
        count = try home.library.count(query, at: SearchFixture.utc, cap: cap)
      }
      return (count, steps)
    }
    for text in ["w*", "prompt:li*", "li* tag:tag1", "li* OR zz*", "wo* -zz"] {
      let all = try home.library.count(Query.parse(text).query, at: SearchFixture.utc)
      for cap in [0, 1, 900, 2_999, 3_000] {
        #expect(try count(text, cap: cap).count == min(all, cap + 1), "\(text) \(cap)")
      }
    }
    // Reading the rows takes about fifty steps for each.
    #expect(try count("li*", cap: 2_900).steps < 2_900 * 10)
  }

  @Test("a page of a common prefix takes as many steps in a library ten times as large")
  func growth() throws {
    func instructions(_ count: Int) throws -> Int {
      let home = try TemporaryLibrary()
      try home.library.add(many: count)
      let query = try Query.parse("wor*").query
      return try home.library.instructions {
        _ = try home.library.ids(SearchRequest(query, at: SearchFixture.utc))
      }
    }
    let (few, many) = (try instructions(300), try instructions(3_000))
    #expect(many <= few + 5)
  }
}

extension SearchableRecord {
  fileprivate func matches(_ query: Query) -> Bool { query.matches(self, at: SearchFixture.utc) }
}
