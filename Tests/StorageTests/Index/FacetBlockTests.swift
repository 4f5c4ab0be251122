import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Facets in blocks") struct FacetBlockTests {
  private let local = SearchFixture.utc

  @Test(
    "blocks return the facets that were written last, whatever was written before", arguments: 1...3
  )
  func written(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 300)
    let library = try TemporaryLibrary().library
    var expected: [Int64: [Int64]] = [:]
    for _ in 0..<30 {
      var changes: [Int64: [Int64]] = [:]
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let id = Int64.random(in: 1...4_000, using: &random)
        changes[id] = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          let most: Int64 = [100, 200, 20_000, 3_000_000].randomElement(using: &random) ?? 1
          return Int64.random(in: 1...most, using: &random)
        }
      }
      let entries = changes.sorted { $0.key < $1.key }.map {
        FacetBlocks.Entry(id: $0.key, facets: $0.value)
      }
      try library.write { try FacetBlocks.write(entries, in: $0) }
      expected.merge(changes) { $1 }
    }
    var found: [Int64: [Int64]] = [:]
    try library.read { database in
      try FacetBlocks.forEach(in: database) { found[$0, default: []].append($1) }
    }
    #expect(found == expected.filter { !$0.value.isEmpty })
  }

  @Test("facets are the ones that were set last, in whatever order of ids", arguments: 1...3)
  func order(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 310)
    let library = try TemporaryLibrary().library
    var expected: [Int64: [Int64]] = [:]
    try library.write { database in
      var writer = FacetWriter(database)
      for _ in 0..<400 {
        let id = Int64.random(in: 1...3_000, using: &random)
        let facets = [Int64.random(in: 1...300, using: &random)]
        try writer.set(id, to: facets)
        expected[id] = facets
      }
      try writer.finish()
    }
    var found: [Int64: [Int64]] = [:]
    try library.read { database in
      try FacetBlocks.forEach(in: database) { found[$0, default: []].append($1) }
    }
    #expect(found == expected)
  }

  @Test("a block that ends early, or has more generations than fit, is damage")
  func damage() throws {
    for bytes in [
      [1], [2, 5], [1, 0x80], [1, 0x80, 0x80, 0x80, 0x80, 0x80, 1],
      [UInt8](repeating: 0, count: 1_025),
    ]
      as [[UInt8]]
    {
      #expect(throws: DatabaseError.self) {
        try FacetBlock.changing(bytes, [(place: 0, facets: [])])
      }
    }
  }

  /// Expects that the counts of facets by blocks equal the counts by rows.
  private func expectEqualCounts(_ library: Library, _ random: inout SeededGenerator) throws {
    let queries = [.everything] + (0..<4).map { _ in Query.random(&random) }
    for query in queries {
      try library.read { database in
        let resolved = try QueryResolution(database: database).resolved(query)
        let plan = try SearchPlan(resolved, local, in: database)
        let rows = try FacetCounter(plan, few: .max, database)
        let blocks = try FacetCounter(plan, few: 0, database)
        for kind in FacetKind.allCases {
          #expect(try blocks.top(kind, .max) == rows.top(kind, .max), "\(kind) of \(query)")
        }
      }
    }
  }

  @Test(
    "blocks count what the rows say after any edits, undone or not, and after restores",
    arguments: 1...4)
  func randomEdits(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 900)
    let fixture = try SearchFixture()
    try fixture.fill(40, &random)
    let library = fixture.library
    let ids = (1...40).map { GenerationID($0) }
    let dump = try library.dumped()
    var time = SearchFixture.now
    for _ in 0..<25 {
      time = time.advanced(bySeconds: 1)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: _ = try? library.undo(at: time)
      case 1: _ = try? library.redo(at: time)
      case 2: try library.restore(dump)
      case 3: try fixture.add("a cat", tags: ["a", "c"])
      default: try AnyEdit.random(on: ids, &random).perform(on: library, at: time)
      }
      try expectEqualCounts(library, &random)
    }
    #expect(try library.write { try SearchIndex.verify(in: $0) }.isEmpty)
  }

  @Test(
    "a restore whose lines repeat generations with other tags leaves the blocks equal to the rows")
  func repeated() throws {
    var random = SeededGenerator(seed: 7)
    let library = try TemporaryLibrary().library
    let time = SearchFixture.now
    var records = (0..<50).map { number in
      var record = GenerationRecord(prompt: "a cat \(number)")
      record.uid = UID(at: time, using: &random)
      record.createdAt = time
      record.tags = [TagName("t\(number % 4)")].compactMap { $0 }
      return record
    }
    records += records.shuffled(using: &random).prefix(20).map { record in
      var record = record
      record.tags = [TagName("other")].compactMap { $0 }
      record.parameters.model = "late"
      return record
    }
    try library.restore(records.shuffled(using: &random), at: time)
    try expectEqualCounts(library, &random)
    #expect(try library.write { try SearchIndex.verify(in: $0) }.isEmpty)
  }

  @Test("while the blocks are damaged, facets are counted from the rows")
  func fallback() throws {
    let library = try TemporaryLibrary().library
    try library.add(many: 2_500)
    let query = try Query.parse("light").query
    let expected = try library.facets(query, at: local)
    #expect(expected.tags == [FacetCount(value: "tag1", count: 834)])
    for sql in ["UPDATE facet_block SET facets = x'05'", "DROP TABLE facet_block"] {
      try library.write { try $0.execute(sql: sql) }
      #expect(try library.facets(query, at: local) == expected)
    }
  }

  @Test("facets of many matches take few steps beside finding the matches")
  func steps() throws {
    let library = try TemporaryLibrary().library
    try library.add(many: 6_000)
    let query = try Query.parse("light").query
    let finding = try library.instructions {
      _ = try library.ids(SearchRequest(query, limit: 0, at: local))
    }
    let counting = try library.instructions { _ = try library.facets(query, at: local) }
    #expect(counting < finding * 2)
  }
}
