import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Saved searches, collections, prompts, facets") struct NamesTests {
  private let local = SearchFixture.utc
  private let now = SearchFixture.now

  @Test("a saved search can be used in others, and cycles are refused")
  func savedSearches() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat")
    try fixture.add("a dog")
    func save(_ name: String, _ query: String) throws {
      try fixture.library.edit(.saveSearch(name: name, query: query), by: "ann", at: now)
    }
    try save("Pets", "cat OR dog")
    try save("not cats", "search:pets -cat")
    #expect(try fixture.find("search:\"Not Cats\"") == [2])
    #expect(throws: SearchError.cycle(["Pets", "not cats"])) {
      try save("Pets", "search:\"not cats\"")
    }
    #expect(throws: SearchError.cycle(["self"])) { try save("self", "search:self") }
    #expect(throws: SearchError.noSuchSearch("gone")) { try save("x", "search:gone") }
    #expect(throws: SearchError.emptySearch("blank")) { try save("blank", " ") }
    #expect(throws: QueryError.self) { try save("bad", "seed:cat") }
    #expect(try fixture.library.savedSearches().map(\.name) == ["Pets", "not cats"])
    #expect(try fixture.library.savedSearch(named: "pets")?.query == "cat OR dog")
    #expect(throws: SearchError.noSuchSearch("nope")) { try fixture.find("search:nope") }
  }

  @Test("A collection keeps its own order and is a condition of queries")
  func collections() throws {
    let fixture = try SearchFixture()
    let ids = try (0..<4).map { try fixture.add("cat \($0)") }
    try fixture.library.edit(.collect("Best"), on: [ids[2], ids[0]], by: "ann", at: now)
    #expect(try fixture.library.members(ofCollection: "Best") == [ids[2], ids[0]])
    #expect(try fixture.find("collection:best") == [3, 1])
    #expect(throws: SearchError.noSuchCollection("other")) { try fixture.find("collection:other") }
  }

  @Test("the caller decides which images are similar")
  func similar() throws {
    let fixture = try SearchFixture()
    for number in 0..<3 { try fixture.add("cat \(number)") }
    let query = try Query.parse("cat similar:@last").query
    #expect(throws: SearchError.unresolved("@last")) {
      try fixture.library.count(query, at: local)
    }
    let resolved = try fixture.library.resolved(
      query, named: { _ in throw SearchError.unresolved("no parent") },
      similar: { reference in
        #expect(reference == "@last")
        return [GenerationID(1), GenerationID(3)]
      })
    #expect(try fixture.library.count(resolved, at: local) == 2)
  }

  @Test(
    "a parent can be named in any form that the caller resolves", arguments: ["@last~1", "./a.png"])
  func parent(name: String) throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat")
    try fixture.add("a cat again") { $0.parent = GenerationID(1) }
    let query = try Query.parse("parent:\(name)").query
    #expect(try Query.parse(query.description).query == query)
    #expect(throws: SearchError.unresolved(name)) { try fixture.library.count(query, at: local) }
    let resolved = try fixture.library.resolved(
      query,
      named: { reference in
        #expect(reference == name)
        return GenerationID(1)
      }, similar: { _ in [] as [GenerationID] })
    #expect(try fixture.library.count(resolved, at: local) == 1)
    #expect(try Query.parse("parent:1.2").query.description == "parent:1")
  }

  @Test("Prompts are listed once, with their uses, images, best rating and last use")
  func prompts() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat") { $0.rating = 3 }
    try fixture.add("a dog")
    try fixture.add("a cat") { $0.rating = 5 }
    try fixture.add("a cat") { $0.trashedAt = now }
    let all = try fixture.library.prompts(.everything, at: local)
    #expect(all.map(\.text) == ["a cat", "a dog"])
    #expect(all.map(\.uses) == [2, 1])
    #expect(all[0].bestRating == 5)
    #expect(all[0].newest == GenerationID(3))
    let rated = try Query.parse("rating:3").query
    #expect(try fixture.library.prompts(rated, at: local).map(\.uses) == [1])
  }

  @Test(
    "the uses and the best rating of a prompt are those of the matches, also in a range",
    arguments: ["", "id:>=5", "id:<=2", "created:2026-11", "created:<2026-11", "cat id:>=5"])
  func promptsInRange(_ text: String) throws {
    let fixture = try SearchFixture()
    for number in 0..<6 {
      let time = now.advanced(bySeconds: Double(number - 5) * 20 * 86_400)
      try fixture.add("a cat", at: time) { $0.rating = max(1, 5 - number) }
    }
    let matches = try fixture.library.generations(fixture.find(text).map { GenerationID($0) })
    #expect(!matches.isEmpty)
    let prompts = try fixture.library.prompts(Query.parse(text).query, at: local)
    #expect(prompts.map(\.uses) == [matches.count])
    #expect(prompts.map(\.bestRating) == [matches.compactMap(\.rating).max()])
  }

  @Test("a page of prompts is the beginning of all prompts, with the same values", arguments: 1...4)
  func promptPages(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 170)
    let fixture = try SearchFixture()
    try fixture.fill(50, &random)
    for _ in 0..<20 {
      let query = Query.random(&random)
      let all = try fixture.library.prompts(query, at: local, limit: 0)
      let page = try fixture.library.prompts(query, at: local, limit: 3)
      #expect(page == Array(all.prefix(3)), "\(query)")
      #expect(try fixture.library.promptCount(query, at: local) == .exactly(all.count))
      let capped = try fixture.library.promptCount(query, at: local, cap: 2)
      #expect(capped == (all.count > 2 ? .moreThan(2) : .exactly(all.count)))
    }
  }

  @Test("a page of prompts takes as many steps in a small library as in a large one")
  func promptSteps() throws {
    let query = try Query.parse("light").query
    let steps = try [300, 3_000].map { count in
      let library = try TemporaryLibrary().library
      try library.add(many: count)
      return try library.instructions { _ = try library.prompts(query, at: local, limit: 20) }
    }
    #expect(steps[1] < steps[0] * 2)
  }

  @Test("Siblings differ by their seed and nothing else")
  func siblings() throws {
    let fixture = try SearchFixture()
    for (seed, model) in [(1, "a"), (2, "a"), (3, "b"), (1, "a")] as [(ImageSeed, String)] {
      try fixture.add("a cat") {
        $0.parameters.seed = seed
        $0.parameters.model = model
      }
    }
    #expect(try fixture.library.siblings(of: GenerationID(1)) == [GenerationID(2)])
  }

  @Test("Facets have the same counts as a plain count of the matches", arguments: 1...4)
  func facets(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 70)
    let fixture = try SearchFixture()
    try fixture.fill(50, &random)
    let records = try fixture.records().map(\.generation)
    let facets = try fixture.library.facets(.everything, at: local, limit: 100)
    #expect(facets.total == records.count)
    let tags = Dictionary(grouping: records.flatMap(\.tags), by: { $0 }).mapValues(\.count)
    #expect(Dictionary(uniqueKeysWithValues: facets.tags.map { ($0.value, $0.count) }) == tags)
    let sizes = Dictionary(
      grouping: records.compactMap { IndexedValues($0).sizeLabel?.lowercased() }, by: { $0 }
    ).mapValues(\.count)
    #expect(
      Dictionary(uniqueKeysWithValues: facets.sizes.map { ($0.value.lowercased(), $0.count) })
        == sizes)
    #expect(facets.tags.map(\.count) == facets.tags.map(\.count).sorted(by: >))
    let few = try fixture.library.facets(.everything, at: local, limit: 2)
    #expect(few.models == Array(facets.models.prefix(2)))
  }

  @Test("The difference of two generations names fields and words")
  func difference() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat on a red sofa") { $0.parameters.seed = 1 }
    try fixture.add("a cat on the sofa, 猫咪") { $0.parameters.seed = 2 }
    let both = try fixture.library.generations([GenerationID(1), GenerationID(2)])
    let difference = GenerationDifference(from: both[0], to: both[1])
    #expect(difference.fields == [.init(name: "seed", before: "1", after: "2")])
    #expect(
      difference.prompt.contains(.removed("a")) || difference.prompt.contains(.removed("a red")))
    let second = difference.prompt.map { piece in
      switch piece {
      case .kept(let text), .added(let text): text
      case .removed: ""
      }
    }
    #expect(second.joined() == both[1].prompt)
  }
}
