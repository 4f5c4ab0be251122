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

  @Test("a collection is renamed to a name that differs only in how accents are written")
  func renamedCollection() throws {
    let fixture = try SearchFixture()
    let id = try fixture.add("cat")
    try fixture.library.edit(.collect(Self.decomposed), on: [id], by: "ann", at: SearchFixture.now)
    let report = try fixture.library.edit(
      .renameCollection(Self.decomposed, to: Self.composed), by: "ann", at: SearchFixture.now)
    #expect(report.changed == 1)
    let names = try fixture.library.collections().map { Array($0.name.utf8) }
    #expect(names == [Array(Self.composed.utf8)])
  }

  @Test("a note is replaced by one that differs only in how accents are written")
  func notes() throws {
    let fixture = try SearchFixture()
    let id = try fixture.add("cat")
    for note in [Self.decomposed, Self.composed] {
      let report = try fixture.library.edit(
        .note(note), on: [id], by: "ann", at: SearchFixture.now)
      #expect(report.changed == 1)
    }
    let note = try #require(try fixture.library.generation(id)?.note)
    #expect(note.utf8.elementsEqual(Self.composed.utf8))
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

  @Test("a saved search can use one whose name differs only in accents")
  func savedSearchInAnother() throws {
    let fixture = try fixture()
    func save(_ name: String, _ query: String) throws {
      try fixture.library.edit(
        .saveSearch(name: name, query: query), by: "ann", at: SearchFixture.now)
    }
    try save("Ete", "id:1..2")
    try save(Self.composed, "search:Ete -id:1")
    #expect(try fixture.find("search:\(Self.composed)") == [2])
    #expect(throws: SearchError.cycle(["Ete", Self.composed])) {
      try save("Ete", "search:\(Self.composed)")
    }
  }

  @Test(
    "a tag is found in each form of its letters, and letters that marks change are others",
    arguments: [
      ("\u{1112}\u{1161}\u{11AB}\u{AD6D}", "\u{D55C}\u{AD6D}", "\u{D558}\u{AD6D}"),
      ("カ\u{3099}", "ガ", "カ"), ("ｶ\u{FF9E}", "ガ", "カ"), ("ハ\u{309A}リ", "パリ", "ハリ"),
      ("и\u{306}од", "йод", "иод"), ("Cafe\u{301}", "Café", "Caf"),
    ])
  func tags(decomposed: String, composed: String, other: String) throws {
    let fixture = try SearchFixture()
    try fixture.add("one", tags: [decomposed])
    try fixture.add("two", tags: [composed + "/x"])
    for name in [decomposed, composed] {
      #expect(try fixture.find("tag:\(name)") == [2, 1])
      #expect(try fixture.find("tag:=\(name)") == [1])
      #expect(try fixture.find("tag:\(name)*") == [2, 1])
    }
    #expect(try fixture.find("tag:\(other)").isEmpty)
    let query = try Query.parse("tag:\(composed)").query
    #expect(try fixture.records().filter { $0.matches(query) }.count == 2)
  }
}

extension SearchableRecord {
  fileprivate func matches(_ query: Query) -> Bool { query.matches(self, at: SearchFixture.utc) }
}
