import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

/// Tests that compare the evaluation of a query in SQL with its evaluation in memory.
@Suite("Evaluation of a query in two ways") struct TwoReadingsTests {
  @Test(
    "Random queries in random libraries have the same matches in SQL and in memory",
    arguments: 1...6)
  func agreement(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let fixture = try SearchFixture()
    try fixture.fill(60, &random)
    let records = try fixture.records()
    for _ in 0..<80 {
      let query = Query.random(&random)
      let expected = records.filter { $0.matchesForTest(query) }.map(\.generation.id).sorted(by: >)
      let local = SearchFixture.utc
      let found = try fixture.library.ids(SearchRequest(query, limit: 0, at: local))
      try #require(found == expected, "seed \(seed): \(query)")
      #expect(try fixture.library.count(query, at: local) == expected.count)
      #expect(try fixture.library.count(query, at: local, cap: 3) == min(4, expected.count))
      #expect(try fixture.library.count(query, at: local, cap: Int.max) == expected.count)
    }
  }

  @Test("Every order is the order of the values, on one page or on many", arguments: 1...3)
  func orders(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 100)
    let fixture = try SearchFixture()
    try fixture.fill(50, &random)
    let records = try fixture.records()
    for _ in 0..<6 {
      let query = Query.random(&random)
      let matches = records.filter { $0.matchesForTest(query) }.map(\.generation)
      for order in [.newest, .oldest, .created, .rating, .seed, .size, .random(9)] as [SearchOrder]
      {
        let expected = matches.sorted { order.precedes($0, $1) }.map(\.id)
        let all = SearchRequest(query, order: order, limit: 0, at: SearchFixture.utc)
        try #require(try fixture.library.ids(all) == expected, "\(order) of \(query)")
        #expect(try pages(of: all, fixture.library) == expected, "\(order) of \(query)")
      }
      let ranked = SearchRequest(query, order: .relevance, limit: 0, at: SearchFixture.utc)
      let found = try fixture.library.ids(ranked)
      #expect(Set(found) == Set(matches.map(\.id)))
      #expect(try pages(of: ranked, fixture.library) == found)
    }
  }

  @Test(
    "A page begins after a generation that was moved to the trash since the page before",
    arguments: [.newest, .oldest, .created, .rating, .seed, .size, .random(9)] as [SearchOrder])
  func leaving(_ order: SearchOrder) throws {
    let fixture = try SearchFixture()
    for number in 0..<30 {
      let time = SearchFixture.now.advanced(bySeconds: Double(number * 7 % 30))
      try fixture.add("cat", at: time) {
        $0.rating = number % 6 == 0 ? nil : number % 6
        $0.parameters.seed = number % 4 == 0 ? nil : ImageSeed(Int64(number * 11 % 17))
        $0.parameters.width = number % 5 == 0 ? nil : 512 + number % 20
        $0.parameters.height = 512
      }
    }
    let all = SearchRequest(.everything, order: order, limit: 0, at: SearchFixture.utc)
    let expected = try fixture.library.ids(all)
    let found = try pages(of: all, fixture.library) { last in
      _ = try fixture.library.edit(.trash, on: [last], by: "ann", at: SearchFixture.now)
    }
    #expect(found == expected)
  }

  /// - Parameter afterPage: is called with the last generation of each full page.
  private func pages(
    of request: SearchRequest, _ library: Library,
    afterPage: (GenerationID) throws -> Void = { _ in }
  ) throws -> [GenerationID] {
    var request = request
    request.limit = 4
    var found: [GenerationID] = []
    while true {
      let page = try library.search(request)
      found += page.generations.map(\.id)
      guard let next = page.next else { return found }
      try afterPage(next)
      request.after = next
    }
  }
}

extension SearchableRecord {
  fileprivate func matchesForTest(_ query: Query) -> Bool {
    query.matches(self, at: SearchFixture.utc)
  }
}

extension SearchOrder {
  /// Returns whether one generation comes before the other, as the order is documented.
  fileprivate func precedes(_ one: Generation, _ other: Generation) -> Bool {
    func area(_ generation: Generation) -> Int {
      IndexedValues(generation).sizeLabel.flatMap(SizeLabel.pixels).map { $0.width * $0.height }
        ?? -1
    }
    switch self {
    case .newest, .relevance: return one.id > other.id
    case .oldest: return one.id < other.id
    case .created: return (one.createdAt, one.id) > (other.createdAt, other.id)
    case .rating: return (one.rating ?? 0, one.id) > (other.rating ?? 0, other.id)
    case .seed:
      switch (one.parameters.seed, other.parameters.seed) {
      case (let first?, let second?): return (first, one.id) < (second, other.id)
      case (nil, nil): return one.id < other.id
      case (let first, _): return first != nil
      }
    case .size: return (area(one), one.id) > (area(other), other.id)
    case .random(let seed):
      return Shuffle.key(of: one.id.rawValue, seed) < Shuffle.key(of: other.id.rawValue, seed)
    }
  }
}
