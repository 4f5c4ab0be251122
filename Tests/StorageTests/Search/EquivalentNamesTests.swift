import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Names that differ only in how accents are written")
struct EquivalentNamesTests {
  private static let composed = "\u{C9}t\u{E9}"
  private static let decomposed = "E\u{301}te\u{301}"

  private func fixture() throws -> SearchFixture {
    let fixture = try SearchFixture()
    let ids = try (0..<3).map { try fixture.add("cat \($0)") }
    for (name, members) in [(Self.composed, [0, 2]), (Self.decomposed, [1, 2])] {
      try fixture.library.edit(
        .collect(name), on: members.map { ids[$0] }, by: "ann", at: SearchFixture.now)
    }
    return fixture
  }

  @Test("a query finds the collection whose name has the same bytes")
  func collections() throws {
    let fixture = try fixture()
    #expect(try fixture.find("collection:\(Self.composed)") == [3, 1])
    #expect(try fixture.find("collection:\(Self.decomposed)") == [3, 2])
    #expect(try fixture.find("-collection:\(Self.composed)") == [2])
  }

  @Test("a query in memory finds the collection whose name has the same bytes")
  func collectionsInMemory() throws {
    let records = try fixture().records()
    func matches(_ name: String) -> [Int64] {
      let query = Query(.condition(.collection(name)))
      return records.filter { $0.matches(query) }.map(\.generation.id.rawValue).sorted()
    }
    #expect(matches(Self.composed) == [1, 3])
    #expect(matches(Self.decomposed) == [2, 3])
  }

  @Test("a name of other bytes finds the equivalent one before one with other accents")
  func equivalent() throws {
    let fixture = try SearchFixture()
    let ids = try (0..<2).map { try fixture.add("cat \($0)") }
    for (id, name) in zip(ids, ["Ete", Self.composed]) {
      try fixture.library.edit(.collect(name), on: [id], by: "ann", at: SearchFixture.now)
    }
    #expect(try fixture.find("collection:\(Self.decomposed)") == [2])
    #expect(try fixture.find("collection:ete") == [1])
  }

  @Test("the saved search whose name has the same bytes is used")
  func savedSearches() throws {
    let fixture = try fixture()
    for (name, query) in [(Self.composed, "id:1"), (Self.decomposed, "id:2")] {
      try fixture.library.edit(
        .saveSearch(name: name, query: query), by: "ann", at: SearchFixture.now)
    }
    #expect(try fixture.library.savedSearch(named: Self.composed)?.query == "id:1")
    #expect(try fixture.library.savedSearch(named: Self.decomposed)?.query == "id:2")
  }
}

extension SearchableRecord {
  fileprivate func matches(_ query: Query) -> Bool { query.matches(self, at: SearchFixture.utc) }
}
