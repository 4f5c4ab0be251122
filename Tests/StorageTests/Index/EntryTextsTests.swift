import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Words of tags in prompts and notes") struct EntryTextsTests {
  private let names = ["light", "猫/犬", "client/acme", "!!!", "none"]

  @Test("the index and the texts tell the same, also after changes that FTS5 still keeps in memory")
  func twoReadings() throws {
    var random = SeededGenerator(seed: 77)
    let fixture = try SearchFixture()
    let words = ["light", "house", "猫", "犬", "acme", "client light", ""]
    func text() -> String {
      (0..<3).compactMap { _ in words.randomElement(using: &random) }.joined(separator: " ")
    }
    for number in 0..<80 {
      try fixture.add(text(), tags: names.filter { _ in Bool.random(using: &random) }) { draft in
        draft.note = number % 3 == 0 ? text() : nil
        if number % 9 == 0 {
          draft.provenance = Provenance(
            tool: "a1111", settings: #"{"negative_prompt":"light acme"}"#, raw: nil)
        }
      }
    }
    let texts = (1...80).map { _ in text() }
    try fixture.library.write { database in
      for id in Int64(1)...80 where id % 4 == 0 {
        try SearchIndex.editing([id], in: database) {
          try database.execute(
            sql: "UPDATE generation SET note = ? WHERE id = ?",
            arguments: [texts[Int(id) - 1], id])
        }
      }
      var tags = EntryTags()
      let places = names.compactMap { TagName($0) }.map { tags.place(of: $0) }
      var read = EntryTexts(in: database, TagWords(readsLists: false))
      var words = TagWords(readsLists: true)
      try words.find(tags, in: database)
      var found = EntryTexts(in: database, words)
      var few = TagWords(readsLists: true, mostBytes: 1)
      try few.find(tags, in: database)
      #expect(places.filter { few.contain($0, of: 1) != nil }.count == 1, "the limit is reached")
      var limited = EntryTexts(in: database, few)
      var count = 0
      for place in places {
        for id in Int64(1)...80 {
          let isInText = try read.contain(wordOf: place, tags, of: id)
          #expect(
            try found.contain(wordOf: place, tags, of: id) == isInText, "\(names[place]) \(id)")
          #expect(try limited.contain(wordOf: place, tags, of: id) == isInText)
          count += isInText ? 1 : 0
        }
      }
      #expect((50...350).contains(count))
      let segments = try IndexSegment.all(in: database)
      var ids: [Int64] = []
      try TermEntries.forEachText(
        of: 10...20, with: Array("light".utf8), in: segments, of: database
      ) { ids.append($0) }
      let range: ClosedRange<Int64> = 10...20
      #expect(!ids.isEmpty && ids.allSatisfy { range.contains($0) }, "a damaged index has any id")
    }
  }

  @Test("tags are changed correctly after texts were changed in the same transaction")
  func changedTexts() throws {
    let fixture = try SearchFixture()
    try fixture.add("a house")
    try fixture.add("a boat")
    let castle = try #require(TagName("castle"))
    func tag(_ id: Int64, _ marks: inout MarkEditor, in database: Database) throws {
      let place = marks.place(of: castle)
      try marks.editing([id], changesTags: true) {
        let change = FieldAssignment.same(FieldValue.yes)
        try GenerationFields.set(.tag(castle), of: [id], to: change, at: 0, in: database)
      } change: { _, entry in
        entry.add(place)
      }
    }
    try fixture.library.write { database in
      var marks = MarkEditor(TagWords(readsLists: true), in: database)
      try tag(1, &marks, in: database)
      try SearchIndex.editing([2], in: database) {
        try database.execute(sql: "UPDATE generation SET note = 'a castle on a hill' WHERE id = 2")
      }
      marks.forgetTexts()
      try tag(2, &marks, in: database)
      #expect(try SearchIndex.verify(in: database).isEmpty)
    }
    #expect(try fixture.find("note:castle") == [2])
  }
}
