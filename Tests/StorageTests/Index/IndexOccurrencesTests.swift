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

  /// The pages of the segments, with their ids.
  private func pages(_ fixture: SearchFixture) throws -> [(id: Int64, bytes: Data)] {
    try fixture.library.read { database in
      try Row.fetchAll(
        database, sql: "SELECT id, block FROM search_index_data WHERE id >= 1 << 37"
      ).map { (id: $0[0] as Int64, bytes: $0[1] as Data) }
    }
  }

  private func replace(_ id: Int64, by bytes: Data, in database: Database) throws {
    try database.execute(
      sql: "UPDATE search_index_data SET block = ? WHERE id = ?", arguments: [bytes, id])
  }

  /// Expects that the pages are refused.
  private func expectRefusal(in database: Database) {
    #expect(throws: IndexFormatError.self) {
      var sums = EntrySums(upTo: 100)
      try SearchIndex.addPages(to: &sums, database)
    }
  }

  /// The largest number, which has nine bytes.
  private static let largest: [UInt8] = [0xBF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
  /// A position in a column whose number is negative.
  private static let negativeColumn: [UInt8] = [
    0x01, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0x02,
  ]

  @Test(
    "with a negative column, or positions that need more than 64 bits, do not end the check",
    arguments: [Self.negativeColumn, Self.largest + Self.largest])
  func extremePositions(_ list: [UInt8]) throws {
    let fixture = try SearchFixture()
    try fixture.add(Array(repeating: "cat", count: 40).joined(separator: " "))
    // Each position is one more than the position before it.
    let steps = Data(repeating: 3, count: 30)
    let page = try #require(try pages(fixture).first { $0.bytes.range(of: steps) != nil })
    let start = try #require(page.bytes.range(of: steps)?.lowerBound)
    var changed = page.bytes
    changed.replaceSubrange(start..<start + list.count, with: list)
    try fixture.library.write { database in
      try replace(page.id, by: changed, in: database)
      expectRefusal(in: database)
      let faults = try SearchIndex.verify(in: database)
      #expect(!faults.isEmpty)
    }
  }

  @Test("with a distance of two terms that is larger than the page are refused")
  func extremeDistance() throws {
    let fixture = try SearchFixture()
    try fixture.add("cat dog owl")
    let page = try #require(try pages(fixture).first)
    let bytes = Array(page.bytes)
    // Bytes 2 and 3 are the place of the list of distances. The first distance has one byte.
    let footer = Int(bytes[2]) << 8 | Int(bytes[3])
    #expect(footer + 1 < bytes.count, "the page has several terms")
    let changed = Data(Array(bytes.prefix(footer + 1)) + Self.largest)
    try fixture.library.write { database in
      try replace(page.id, by: changed, in: database)
      expectRefusal(in: database)
    }
  }

  @Test("hide no damage that SQLite's own view of the index shows", arguments: [1, 24])
  func damage(_ length: Int) throws {
    let fixture = try SearchFixture()
    var random = SeededGenerator(seed: 2_500)
    try fixture.library.write { try SearchIndex.set("pgsz", to: 64, in: $0) }
    try fixture.fill(30, &random)
    let pages = try pages(fixture)
    #expect(pages.count > 10)
    func instances(in database: Database) throws -> [UInt64] {
      try SearchIndex.withInstances(in: database) {
        var sums = EntrySums(upTo: 100)
        try SearchIndex.addInstances(to: &sums, database)
        return (0...100).map { sums[$0] }
      }
    }
    let clean = try fixture.library.write { try instances(in: $0) }
    for _ in 0..<150 {
      guard let (id, bytes) = pages.randomElement(using: &random) else { return }
      var changed = bytes
      let place = Int.random(in: 0..<bytes.count, using: &random)
      for offset in place..<min(place + length, bytes.count) {
        changed[changed.startIndex + offset] ^= UInt8.random(in: 1...255, using: &random)
      }
      struct Undo: Error {}
      #expect(throws: Undo.self) {
        try fixture.library.write { database in
          try replace(id, by: changed, in: database)
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
