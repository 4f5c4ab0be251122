import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Execution of a search") struct PlanTests {
  private func explain(_ query: String, _ library: Library) throws -> [String] {
    try library.read { database in
      let parsed = try QueryResolution(database: database).resolved(try Query.parse(query).query)
      let plan = try SearchPlan(parsed, SearchFixture.utc, in: database)
      let sql = plan.ids(.newest, limit: 50)
      return try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN " + sql.sql,
        arguments: StatementArguments(sql.arguments)
      ).map { $0["detail"] }
    }
  }

  @Test(
    "Words, facets and dates stream from the index, newest first, without sorting or other tables",
    arguments: [
      "cat", "cat tag:client", "cat -dog", "rating:>=4", "tag:client model:seedream*",
      "cat created:2026-11", "NOT cat", "size:1024x1024 ratio:square", "",
    ])
  func streams(_ query: String) throws {
    let fixture = try SearchFixture()
    for number in 0..<5 {
      try fixture.add("cat \(number)", at: SearchFixture.now, tags: ["client"]) {
        $0.parameters.size = "1024x1024"
        $0.parameters.model = "seedream-3"
      }
    }
    let details = try explain(query, fixture.library)
    #expect(details.count == 1, "\(details)")
    #expect(details[0].contains("VIRTUAL TABLE INDEX"), "\(details)")
  }

  @Test(
    "conditions on rows use an index if there is one",
    arguments: [
      "-has:prompt", "seed:42", "parent:7", "status:pending", "status:held", "is:held",
      "is:pending", "sha256:ab",
      "is:missing", "is:remote", "id:1..3",
    ])
  func indexes(_ query: String) throws {
    let fixture = try SearchFixture()
    let details = try explain(query, fixture.library)
    #expect(!details.contains { $0.hasPrefix("SCAN g") }, "\(details)")
  }

  @Test(
    "guidance scales are counted in their index, and a page of them is read in the order of ids")
  func guidance() throws {
    let fixture = try SearchFixture()
    #expect(try explain("guidance:2..3.5", fixture.library) == ["SCAN g"])
    let details = try fixture.library.read { database in
      let plan = try SearchPlan(
        Query.parse("guidance:2..3.5").query, SearchFixture.utc, in: database)
      let sql = plan.selection("count(*)")
      return try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN " + sql.sql,
        arguments: StatementArguments(sql.arguments)
      ).map { $0["detail"] as String }
    }
    #expect(details.count == 1 && details[0].contains("COVERING INDEX generation_guidance"))
  }

  @Test("a count of rows leaves out a trash of any size", arguments: [0, 40, 1_200])
  func trash(_ trashed: Int) throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 1_500)
    try home.library.write { database in
      try database.execute(
        sql: """
          UPDATE generation SET guidance_scale = id % 5, seed = id % 700,
            trashed_at = iif(id <= \(trashed), 1, NULL);
          """)
      try SearchIndex.rebuild(in: database)
    }
    for (text, condition) in [
      ("guidance:2..3", "guidance_scale BETWEEN 2 AND 3"), ("seed:1..90", "seed BETWEEN 1 AND 90"),
      ("-guidance:2", "guidance_scale <> 2"), ("", "TRUE"),
      ("id:30..1300", "id BETWEEN 30 AND 1300"),
    ] {
      let expected = try home.library.read { database in
        try Int.fetchOne(
          database,
          sql: "SELECT count(*) FROM generation WHERE trashed_at IS NULL AND \(condition)")
      }
      #expect(
        try home.library.count(Query.parse(text).query, at: SearchFixture.utc) == expected,
        "\(text)"
      )
    }
  }

  @Test("Tools are listed step by step in their index, and images of a tool are found by it")
  func tools() throws {
    let fixture = try SearchFixture()
    for tool in ["comfyui", "a1111", "comfyui", "ComfyUI"] {
      try fixture.add("cat") { $0.provenance = Provenance(tool: tool, settings: "{}", raw: nil) }
    }
    #expect(try fixture.library.tools() == ["ComfyUI", "a1111", "comfyui"])
    let details = try explain("tool:comfyui", fixture.library)
    #expect(details.contains { $0.contains("INDEX provenance_tool") }, "\(details)")
    #expect(!details.contains { $0.hasPrefix("SCAN g") }, "\(details)")
  }

  @Test("dates are ranges of ids in the order of arrival, and other rows are found too")
  func dates() throws {
    let fixture = try SearchFixture()
    func day(_ number: Int) -> Timestamp {
      SearchFixture.now.advanced(bySeconds: Double(number) * 86_400)
    }
    for number in [-30, -20, -10, 0] { try fixture.add("cat", at: day(number)) }
    func ids() throws -> (ClosedRange<Int64>?, Bool) {
      try fixture.library.read { database in
        let range = try ArrivalRange(created: (day(-25), day(-5)), in: database)
        return (range.ids, range.isExact)
      }
    }
    #expect(try ids() == (2...3, true))
    try fixture.add("cat", at: day(-22))
    try fixture.add("cat", at: day(-40))
    #expect(try ids() == (2...5, false))
    #expect(try fixture.find("cat created:30d..5d") == [5, 3, 2, 1])
    #expect(try fixture.find("created:40d") == [6, 5, 4, 3, 2, 1])
  }

  @Test("a date is in local time")
  func timeZones() throws {
    let fixture = try SearchFixture()
    // 2026-11-22T23:30Z is on the next day in Berlin.
    try fixture.add("cat", at: SearchFixture.now.advanced(bySeconds: -12.5 * 3600))
    let berlin = LocalTime(now: SearchFixture.now) { _ in 3600 }
    #expect(try fixture.find("created:2026-11-23", at: berlin) == [1])
    #expect(try fixture.find("created:2026-11-23").isEmpty)
    #expect(try fixture.find("created:today", at: berlin) == [1])
    #expect(try fixture.find("created:yesterday") == [1])
    #expect(try fixture.find("created:12h").isEmpty)
    #expect(try fixture.find("created:13h") == [1])
  }

  @Test("Relevance ranks all of few matches and the newest of many, and says which")
  func relevance() throws {
    let fixture = try SearchFixture()
    try fixture.add("the owl and the cat of a long sentence about trees and cats")
    try fixture.add("an owl", tags: ["owl"])
    try fixture.add("dog")
    let owl = try Query.parse("owl").query
    let request = SearchRequest(owl, order: .relevance, at: SearchFixture.utc)
    let page = try fixture.library.search(request)
    #expect(page.generations.map(\.id.rawValue) == [2, 1])
    #expect(page.ranked == .everything)
    try fixture.library.write { database in
      for id in 100..<Int64(100 + SearchRun.rankedWindow) {
        try database.execute(
          sql: "INSERT INTO search_index(rowid, prompt) VALUES (?, 'owl')", arguments: [id])
      }
    }
    var all = request
    all.limit = 0
    #expect(try fixture.library.search(all).ranked == .newest(SearchRun.rankedWindow))
    #expect(try fixture.library.ids(all).count == SearchRun.rankedWindow)
  }
}
