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
      var read = EntryTexts(in: database, readsLists: false)
      var found = EntryTexts(in: database, readsLists: true)
      try found.find(tags)
      var count = 0
      for place in places {
        for id in Int64(1)...80 {
          let isInText = try read.contain(wordOf: place, tags, of: id)
          #expect(
            try found.contain(wordOf: place, tags, of: id) == isInText, "\(names[place]) \(id)")
          count += isInText ? 1 : 0
        }
      }
      #expect((50...350).contains(count))
    }
  }
}
