import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Months and ratings of matches") struct MonthTests {
  private let local = SearchFixture.utc

  private func month(_ time: Timestamp) -> String { String("\(local.civil(time).date)".prefix(7)) }

  @Test("they are counted as the times and ratings of the matches say", arguments: 1...6)
  func distributions(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 500)
    let fixture = try SearchFixture()
    try fixture.fill(60, &random)
    for query in [.everything] + (0..<10).map({ _ in Query.random(&random) }) {
      let request = SearchRequest(query, limit: 0, at: local)
      let matches = try fixture.library.search(request).generations
      // A limit of 0 reads all rated rows instead of those of the matches.
      let found = try fixture.library.distributions(query, at: local)
      #expect(try fixture.library.distributions(query, at: local, few: 0) == found)
      let months = Dictionary(grouping: matches) { month($0.createdAt) }
        .map { FacetCount(value: $0.key, count: $0.value.count) }.sorted { $0.value > $1.value }
      #expect(found.months == months, "\(query)")
      let ratings = Dictionary(grouping: matches) { $0.rating.map(String.init) ?? "none" }
      #expect(
        Dictionary(uniqueKeysWithValues: found.ratings.map { ($0.value, $0.count) })
          == ratings.mapValues(\.count))
      let runs = try fixture.library.months(of: request)
      #expect(
        runs.flatMap { Array(repeating: $0.month, count: $0.count) }
          == matches.map { month($0.createdAt) })
    }
  }

  @Test("no month is left out if clocks are set back past the midnight at which a month begins")
  func clockSetBack() throws {
    let fixture = try SearchFixture()
    for time in ["2026-10-20T12:00:00Z", "2026-11-01T00:45:00Z", "2026-12-05T12:00:00Z"] {
      try fixture.add("cat", at: try #require(Timestamp(rfc3339: time)))
    }
    let change = try #require(Timestamp(rfc3339: "2026-11-01T00:30:00Z")).milliseconds / 1000
    let local = LocalTime(now: SearchFixture.now) { $0 < change ? 0 : -3600 }
    let months = try fixture.library.distributions(.everything, at: local).months
    #expect(months.map(\.value) == ["2026-12", "2026-11", "2026-10"])
  }

  @Test("months are counted by ranges of ids, not by rows")
  func steps() throws {
    let query = try Query.parse("light").query
    let steps = try [300, 3_000].map { count in
      let library = try TemporaryLibrary().library
      try library.add(many: count)
      // It goes through all matches too.
      let shuffled = SearchRequest(query, order: .random(1), limit: 1, at: local)
      let finding = try library.instructions { _ = try library.ids(shuffled) }
      // With a limit of 0, ratings are not read by the matches.
      let counting = try library.instructions {
        _ = try library.distributions(query, at: local, few: 0)
      }
      return counting - finding
    }
    #expect(steps[1] <= steps[0] + 2)
  }
}
