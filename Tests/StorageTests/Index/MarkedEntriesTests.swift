import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Entries of edited ratings, favorite flags and tags") struct MarkedEntriesTests {
  private let now = SearchFixture.now
  /// Words that are also in prompts and notes, names that fold to the same or to no words, parents, and other scripts.
  private let names = [
    "light", "Light", "!!!", "猫", "猫/犬", "né\u{301}/à", "n\u{e9}\u{301}/à", "client/acme/2024",
    "client", "a b", String(repeating: "w", count: 199),
  ]

  private func verify(_ library: Library) throws -> Bool {
    try library.write { try SearchIndex.verify(in: $0) }.isEmpty
  }

  /// Fills a library with generations of a few prompts, notes, sizes, settings and tags.
  private func fill(_ fixture: SearchFixture, _ random: inout SeededGenerator) throws {
    let prompts = ["light house", "猫と犬", "client né\u{301}", "", "a b c", "wwww"]
    for number in 0..<60 {
      let tags = names.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
      try fixture.add(prompts[number / 3 % prompts.count], tags: tags) { draft in
        draft.rating = random.maybe { Int.random(in: 1...5, using: &$0) }
        draft.isFavorite = Bool.random(using: &random)
        draft.note = random.maybe { ["acme 犬", ""].randomElement(using: &$0) ?? "" }
        draft.parameters.model = random.maybe { ["M 1", "m-1"].randomElement(using: &$0) ?? "" }
        draft.parameters.size = random.maybe { _ in "2K" }
        draft.parameters.width = random.maybe { _ in 512 }
        draft.parameters.height = random.maybe { _ in 640 }
        if number % 7 == 0 {
          draft.provenance = Provenance(
            tool: "a1111", settings: #"{"negative_prompt":"dark light","steps":20}"#, raw: nil)
        }
        if number % 11 == 0 { draft.trashedAt = draft.createdAt }
      }
    }
  }

  @Test("the index equals the rows after every edit, undoing and redoing", arguments: 1...6)
  func randomEdits(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 900)
    let fixture = try SearchFixture()
    try fill(fixture, &random)
    let library = fixture.library
    #expect(try verify(library))
    for _ in 0..<25 {
      let ids = (1...Int64(60)).filter { _ in Bool.random(using: &random) }.map { GenerationID($0) }
      func some() -> [TagName] {
        (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
          names.randomElement(using: &random).flatMap { TagName($0) }
        }
      }
      func pageSize() -> Int { Bool.random(using: &random) ? 7 : 1_000 }
      switch Int.random(in: 0..<6, using: &random) {
      case 0: _ = try? library.undo(at: now)
      case 1: _ = try? library.redo(at: now)
      case 2:
        let stars = random.maybe { Int.random(in: 1...5, using: &$0) }
        try library.edit(.rate(stars), on: ids, by: "ann", at: now, pageSize: pageSize())
      case 3:
        let edit = Edit.favorite(Bool.random(using: &random))
        try library.edit(edit, on: ids, by: "ann", at: now, pageSize: pageSize())
      default:
        let edit = Edit.tag(add: some(), remove: some())
        try library.edit(edit, on: ids, by: "ann", at: now, pageSize: pageSize())
      }
      #expect(try verify(library))
    }
  }

  @Test("tags that differ only in the form of their accents are undone each for itself")
  func canonicallyEqual() throws {
    let fixture = try SearchFixture()
    let tags = ["\u{e9}", "e\u{301}"]
    try fixture.add("a cat", tags: [tags[0]])
    try fixture.add("a dog", tags: [tags[1]])
    let before = try fixture.library.everything()
    let edit = Edit.tag(add: tags.compactMap { TagName($0) }, remove: [])
    let report = try fixture.library.edit(
      edit, on: [GenerationID(1), GenerationID(2)], by: "ann", at: now)
    #expect(report.changed == 2)
    #expect(try fixture.library.undo(at: now).map(\.kept) == [[]])
    #expect(try fixture.library.everything() == before)
    #expect(try verify(fixture.library))
  }

  @Test("only the tokens that an edit changes are written into the index")
  func tokens() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat", tags: ["coast", "client/acme"]) {
      $0.rating = 3
      $0.parameters.model = "m"
    }
    func written(_ edit: Edit) throws -> Set<String> {
      try fixture.library.edit(edit, on: [GenerationID(1)], by: "ann", at: now)
      return try fixture.library.read { database in
        let newest = try #require(try IndexSegment.all(in: database).first)
        let reader = try SegmentReader(newest, in: database)
        var terms: Set<String> = []
        while try reader.nextTerm() {
          terms.insert(String(decoding: reader.term.dropFirst(), as: UTF8.self))
        }
        return terms
      }
    }
    func token(_ kind: FacetToken.Kind, _ value: String = "") -> String {
      String(decoding: FacetToken.token(kind, value), as: UTF8.self)
    }
    #expect(try written(.rate(4)) == [token(.rating, "3"), token(.rating, "4")])
    #expect(try written(.rate(nil)) == [token(.rating, "4")])
    #expect(try written(.favorite(true)) == [token(.favorite)])
    // The words of all tags are written, because their positions change.
    let tags = ["client/beta"].compactMap { TagName($0) }
    #expect(
      try written(.tag(add: tags, remove: [])) == [
        token(.tag, "client/beta"), token(.tagAbove, "client"), token(.boundary), "client", "acme",
        "beta", "coast",
      ])
    #expect(try verify(fixture.library))
  }

  @Test("FTS5 writes a large edit, and its undoing, in few parts")
  func parts() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 12_000)
    let ids = (1...Int64(12_000)).map { GenerationID($0) }
    func parts() throws -> Int {
      try home.library.read { database in
        try Int.fetchOne(
          database, sql: "SELECT count(DISTINCT segid) FROM search_index_idx") ?? 0
      }
    }
    let before = try parts()
    let tags = ["new"].compactMap { TagName($0) }
    try home.library.edit(.tag(add: tags, remove: []), on: ids, by: "ann", at: now)
    #expect(try parts() == before + 1)
    _ = try home.library.undo(at: now)
    #expect(try parts() == before + 2)
  }
}
