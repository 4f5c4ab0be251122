import Foundation
import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("The pages of the index") struct IndexOccurrencesTests {
  /// Returns whether the pages and SQLite's own view have the same occurrences in each entry.
  private func agree(_ database: Database) throws -> Bool {
    try SearchIndex.withInstances(in: database) {
      var expected = EntrySums(upTo: 100)
      try SearchIndex.addInstances(to: &expected, database)
      var found = EntrySums(upTo: 100)
      try SearchIndex.addPages(to: &found, database)
      return (0...100).allSatisfy { found[$0] == expected[$0] }
        && found.unmatched == expected.unmatched && (1...100).contains { found[$0] != 0 }
    }
  }

  /// Returns whether the pages and `MATCH` have the same entries of a token or of a prefix.
  private func entriesAgree(
    _ token: String, isPrefix: Bool, in database: Database
  ) throws -> Bool {
    let found = try #require(
      try TermEntries.ids(
        of: Array(token.utf8), isPrefix: isPrefix, within: .min ... .max, in: database))
    let upper: Int64 = 20
    let part = try TermEntries.ids(
      of: Array(token.utf8), isPrefix: isPrefix, within: 5...upper, in: database)
    let expected = try Int64.fetchAll(
      database, sql: "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid",
      arguments: ["\"\(token)\"" + (isPrefix ? " *" : "")])
    return found.ids == expected && found.count == expected.count
      && part?.ids == expected.filter { (5...upper).contains($0) }
  }

  @Test(
    "have the same occurrences as SQLite's own view, in any number of segments and pages",
    arguments: 1...10)
  func agreement(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 2_400)
    let fixture = try SearchFixture()
    let size = try #require([32, 64, 150, 4_050].randomElement(using: &random))
    try fixture.library.write { database in
      try SearchIndex.set("pgsz", to: size, in: database)
      try SearchIndex.set("automerge", to: [0, 2, 4][seed % 3], in: database)
    }
    try fixture.fill(30, &random)
    let words = ["cat", "lighthouse", "an-unusually-long-word-of-many-letters", "猫", "a"]
    var segments: Set<Int> = []
    for round in 0..<25 {
      try fixture.library.write { database in
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let id = Int64.random(in: 1...30, using: &random)
          let length = Int.random(in: 0...(round % 5 == 0 ? 900 : 6), using: &random)
          let note = (0..<length).map { _ in words.randomElement(using: &random) ?? "" }
          let isTrashed = Int.random(in: 0..<8, using: &random) == 0
          try SearchIndex.editing([id], in: database) {
            try database.execute(
              sql: "UPDATE generation SET note = ?, trashed_at = ? WHERE id = ?",
              arguments: [note.joined(separator: " "), isTrashed ? 1 : nil, id])
          }
        }
      }
      let pages = Int.random(in: -3...3, using: &random)
      try fixture.library.write { database in
        if round % 6 == 3 {
          try database.execute(
            sql: "INSERT INTO search_index(search_index, rank) VALUES ('merge', ?)",
            arguments: [pages])
        }
        if round == 17 { try SearchIndex.optimize(in: database) }
      }
      segments.insert(try fixture.library.read { try IndexSegment.all(in: $0).count })
      #expect(try fixture.library.write { try agree($0) }, "round \(round)")
      for token in ["cat", "lighthouse", "unusually", "猫", "a", "l", "letter", "nothing"] {
        for isPrefix in [false, true] {
          #expect(
            try fixture.library.read { try entriesAgree(token, isPrefix: isPrefix, in: $0) },
            "round \(round), \(token)")
        }
      }
    }
    #expect(segments.count > 2, "the test has several segments")
  }

  @Test("hide no damage that SQLite's own view of the index shows")
  func damage() throws {
    let fixture = try SearchFixture()
    var random = SeededGenerator(seed: 2_500)
    try fixture.library.write { try SearchIndex.set("pgsz", to: 64, in: $0) }
    try fixture.fill(30, &random)
    let pages = try fixture.library.read { database in
      try Row.fetchAll(
        database, sql: "SELECT id, block FROM search_index_data WHERE id >= 1 << 37"
      ).map { ($0[0] as Int64, $0[1] as Data) }
    }
    #expect(pages.count > 10)
    func instances(in database: Database) throws -> [UInt64] {
      try SearchIndex.withInstances(in: database) {
        var sums = EntrySums(upTo: 100)
        try SearchIndex.addInstances(to: &sums, database)
        return (0...100).map { sums[$0] }
      }
    }
    let clean = try fixture.library.write { try instances(in: $0) }
    for _ in 0..<300 {
      guard let (id, bytes) = pages.randomElement(using: &random) else { return }
      var changed = bytes
      let place = Int.random(in: 0..<bytes.count, using: &random)
      changed[changed.startIndex + place] ^= UInt8.random(in: 1...255, using: &random)
      struct Undo: Error {}
      #expect(throws: Undo.self) {
        try fixture.library.write { database in
          try database.execute(
            sql: "UPDATE search_index_data SET block = ? WHERE id = ?", arguments: [changed, id])
          let faults = try SearchIndex.verify(in: database)
          let damage = try SearchIndex.structuralDamage(in: database)
          if faults.isEmpty, damage == nil {
            #expect(try instances(in: database) == clean, "byte \(place) of page \(id)")
          }
          throw Undo()
        }
      }
    }
  }
}
