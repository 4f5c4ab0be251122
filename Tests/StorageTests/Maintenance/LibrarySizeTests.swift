import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("The size of a library") struct LibrarySizeTests {
  @Test("the size is the same as in the statistics", arguments: 1...4)
  func agreement(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 1_700)
    let fixture = try SearchFixture()
    try fixture.fill(60, &random)
    try fixture.library.write { database in
      try database.execute(
        sql: """
          UPDATE image SET bytes = id * 3, missing_since = iif(id % 5 = 0, 1, NULL);
          UPDATE generation SET trashed_at = 1 WHERE id % 11 = 0
          """)
    }
    let size = try fixture.library.size()
    let statistics = try fixture.library.statistics()
    #expect(size.generations == statistics.generations && size.generations < 60)
    #expect(size.fileBytes == statistics.fileBytes && size.fileBytes > 0)
    #expect(size.catalogBytes == statistics.catalogBytes)
  }

  @Test("the size of a library is known without reading its generations")
  func work() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 5_000)
    let instructions = try home.library.instructions {
      _ = try home.library.size()
      _ = try home.library.incompleteCounts()
      _ = try home.library.lastGatewayEvent()
    }
    #expect(try home.library.size().generations == 5_000)
    // In hundreds.
    #expect(instructions < 10)
  }

  @Test("the last event of a request is that of the plain statement", arguments: 1...6)
  func lastEvent(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 1_800)
    let home = try TemporaryLibrary()
    try home.library.add(many: 40)
    try home.library.write { database in
      try database.execute(sql: "DELETE FROM event")
      for id in 1...40 {
        let gateway = Bool.random(using: &random) ? "https://gateway.example" : nil
        try database.execute(
          sql: "UPDATE generation SET gateway = ? WHERE id = ?", arguments: [gateway, id])
        for sequence in 1...3 {
          let kind = ["queued", "submitting", "complete", "retry"].randomElement(using: &random)
          try database.execute(
            sql: "INSERT INTO event(generation_id, sequence, at, kind) VALUES (?, ?, ?, ?)",
            arguments: [id, sequence, Int64.random(in: 1...500, using: &random), kind])
        }
      }
    }
    let expected = try home.library.read { database in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT max(event.at) FROM event JOIN generation ON generation.id = event.generation_id
          WHERE generation.gateway IS NOT NULL AND event.kind IN ('submitting', 'complete')
          """)
    }
    #expect(try home.library.lastGatewayEvent()?.milliseconds == expected)
  }
}
