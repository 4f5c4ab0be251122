import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Matches in the order of the results") struct OrderedMatchesTests {
  /// Returns the ids of a page; see `OrderedMatches` for the cost of a row.
  private func page(
    _ request: SearchRequest, costOfRow: Double, _ library: Library
  ) throws -> [Int64] {
    try library.read { database in
      var run = try SearchRun(request, in: database)
      run.costOfRow = costOfRow
      var ids: [Int64] = []
      _ = try run.forEachID { id in
        ids.append(id)
        return true
      }
      return ids
    }
  }

  private func request(
    _ text: String, _ order: SearchOrder, limit: Int = 20
  ) throws -> SearchRequest {
    SearchRequest(
      try Query.parse(text).query, order: order, limit: limit, at: SearchFixture.utc)
  }

  @Test("rows that are matched in memory make the same pages as the index", arguments: 1...3)
  func agreement(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 700)
    let fixture = try SearchFixture()
    try fixture.fill(90, &random)
    let words = [
      "cat", "fish", "-cat", "", "tag:client", "ca*", "cat OR 猫", "rating:>=2", "id:9..80",
    ]
    for order in [.seed, .created, .random(4), .random(.max)] as [SearchOrder] {
      for word in words {
        for limit in [3, 70] {
          var request = try request(word, order, limit: limit)
          for _ in 0..<3 {
            let gathered = try page(request, costOfRow: .infinity, fixture.library)
            for cost in [0, 0.2] {
              let found = try page(request, costOfRow: cost, fixture.library)
              try #require(found == gathered, "\(word) by \(order), \(limit), \(cost)")
            }
            guard let last = gathered.last else { break }
            request.after = GenerationID(last)
          }
        }
      }
    }
  }

  @Test(
    "a page of a common word by seed or at random takes as many steps in a larger library",
    arguments: [.seed, .random(5)] as [SearchOrder])
  func growth(_ order: SearchOrder) throws {
    func instructions(_ count: Int) throws -> Int {
      let home = try TemporaryLibrary()
      try home.library.add(many: count)
      let request = try request("light", order)
      return try home.library.instructions {
        try #require(try page(request, costOfRow: 1, home.library).count == 20)
      }
    }
    let (few, many) = (try instructions(600), try instructions(6_000))
    #expect(many <= few + 5)
  }

  @Test("a common word is matched in the rows, and a rare word is gathered from the index")
  func sources() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 600)
    func find(_ word: String) throws -> Int {
      try page(request(word, .random(5)), costOfRow: 1, home.library).count
    }
    #expect(try find("light") == 20)
    #expect(try find("word12") == 6)
    try home.library.write { database in
      try database.execute(sql: "INSERT INTO search_index(search_index) VALUES ('delete-all')")
    }
    #expect(try find("light") == 20)
    #expect(try find("word12") < 6)
  }

  @Test("a library that is opened for reading has the same counts", arguments: 1...3)
  func counts(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 800)
    let fixture = try SearchFixture()
    try fixture.fill(80, &random)
    // Deleted and changed entries are in other segments of the index.
    try fixture.library.edit(
      .tag(add: [TagName("cat")].compactMap(\.self), remove: []),
      on: (1...20).map { GenerationID($0) }, by: "ann", at: SearchFixture.now)
    try fixture.library.edit(
      .trash, on: (15...25).map { GenerationID($0) }, by: "ann", at: SearchFixture.now)
    let reader = try Library.open(fixture.library.folder, for: .reading)
    for text in ["cat", "fisheye", "猫咪", "absent", "is:favorite", "rating:5", "", "has:tag"] {
      let query = try Query.parse(text).query
      let expected = try fixture.find(text).count
      #expect(try reader.count(query, at: SearchFixture.utc) == expected, "\(text)")
      #expect(try fixture.library.count(query, at: SearchFixture.utc) == expected, "\(text)")
    }
  }

  @Test("counting a word takes as many steps in a library ten times as large")
  func growthOfCounts() throws {
    func instructions(_ count: Int) throws -> Int {
      let home = try TemporaryLibrary()
      try home.library.add(many: count)
      let reader = try Library.open(home.library.folder, for: .reading)
      let light = try Query.parse("light").query
      return try reader.instructions {
        try #require(try reader.count(light, at: SearchFixture.utc) == count)
      }
    }
    let (few, many) = (try instructions(500), try instructions(5_000))
    #expect(many <= few + 2)
  }
}
