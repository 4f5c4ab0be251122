import FilePaths
import Foundation
import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

extension ImageSeed {
  /// Returns a random seed; the ends of the ranges and their neighbours are more frequent than
  /// other seeds.
  static func random(_ random: inout SeededGenerator) -> ImageSeed {
    let edges: [ImageSeed] = [
      .min, .max, 0, -1, 1, ImageSeed(Int64.max), ImageSeed(UInt64(1) << 63),
      ImageSeed(UInt64.max - 1), ImageSeed(Int64.min + 1), 2_147_483_647, 2_147_483_648,
      ImageSeed(UInt64(1) << 53),
    ]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return edges.randomElement(using: &random) ?? 0
    case 1: return ImageSeed(Int64.random(in: .min ... .max, using: &random))
    case 2: return ImageSeed(UInt64.random(in: 0 ... .max, using: &random))
    default: return ImageSeed(Int64.random(in: -2000...2000, using: &random))
    }
  }
}

@Suite("Seeds of 64 bits") struct ImageSeedTests {
  @Test("a seed's digits read back to it, and numbers beyond the range are not seeds")
  func digits() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let seed = ImageSeed.random(&random)
      #expect(ImageSeed(seed.description) == seed)
      let (low, high) = seed.columns
      #expect((low == nil) != (high == nil))
      #expect(ImageSeed(seed: low, high: high) == seed)
    }
    #expect(ImageSeed.max.description == "18446744073709551615")
    #expect(ImageSeed.min.description == "-9223372036854775808")
    for text in ["18446744073709551616", "-9223372036854775809", "", "-", "+5", "5.0", "1e3", " 5"]
    {
      #expect(ImageSeed(text) == nil, "\(text)")
    }
  }

  @Test(
    "the columns have the range of the number, and prefixes match the same seeds as their digits")
  func ranges() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<500 {
      let (one, other) = (ImageSeed.random(&random), ImageSeed.random(&random))
      let range = min(one, other)...max(one, other)
      let parts = ImageSeed.columns(of: range)
      let seed = ImageSeed.random(&random)
      let (low, high) = seed.columns
      let isInParts =
        low.map { parts.seed?.contains($0) ?? false }
        ?? high.map { parts.high?.contains($0) ?? false } ?? false
      #expect(isInParts == range.contains(seed), "\(seed) in \(range)")
      let digits = String(one.description.prefix(Int.random(in: 1...6, using: &random)))
      guard digits != "-", digits != "-0" else { continue }
      let isInRanges = ImageSeed.ranges(beginning: digits).contains { $0.contains(seed) }
      #expect(isInRanges == seed.description.hasPrefix(digits), "\(seed) by \(digits)*")
    }
  }

  private static let seeds: [ImageSeed] = [
    .max, .min, -1, 0, 42, ImageSeed(Int64.max), ImageSeed(UInt64(1) << 63),
  ]

  private func fixture() throws -> SearchFixture {
    let fixture = try SearchFixture()
    for seed in Self.seeds { try fixture.add("a cat") { $0.parameters.seed = seed } }
    try fixture.add("a cat")
    return fixture
  }

  @Test("seeds are found by value, range and first digits, and sorted as numbers")
  func search() throws {
    let fixture = try fixture()
    #expect(try fixture.find("seed:18446744073709551615") == [1])
    #expect(try fixture.find("seed:-9223372036854775808") == [2])
    #expect(try fixture.find("seed:>=9223372036854775807") == [7, 6, 1])
    #expect(try fixture.find("seed:>9223372036854775807") == [7, 1])
    #expect(try fixture.find("seed:<0") == [3, 2])
    #expect(try fixture.find("seed:9223*") == [7, 6])
    #expect(try fixture.find("seed:-9*") == [2])
    #expect(try fixture.find("seed:none") == [8])
    #expect(try fixture.find("-seed:>=0") == [8, 3, 2])
    let sorted = SearchRequest(.everything, order: .seed, limit: 0, at: SearchFixture.utc)
    #expect(try fixture.library.ids(sorted).map(\.rawValue) == [2, 3, 4, 5, 6, 7, 1, 8])
    #expect(throws: QueryError.self) { try fixture.find("seed:18446744073709551616") }
  }

  @Test(
    "every query by seed uses an index, and large seeds have a separate index without other rows")
  func plans() throws {
    let fixture = try fixture()
    func details(_ sql: String, _ arguments: StatementArguments) throws -> [String] {
      try fixture.library.read { database in
        try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
          .map { $0["detail"] }
      }
    }
    for text in [
      "seed:42", "seed:18446744073709551615", "seed:123*", "seed:9223*", "seed:-123*", "seed:>=5",
      "seed:<=-1",
      "seed:9223372036854775800..9223372036854775900",
    ] {
      let plan = try fixture.library.read { database in
        try SearchPlan(Query.parse(text).query, SearchFixture.utc, in: database)
      }
      let query = plan.ids(.newest)
      let found = try details(query.sql, StatementArguments(query.arguments))
      #expect(found.contains { $0.contains("generation_seed") }, "\(text): \(found)")
      #expect(!found.contains { $0.hasPrefix("SCAN g") }, "\(text): \(found)")
    }
    for column in ["seed", "seed_high"] {
      let found = try details(
        "SELECT id FROM generation WHERE \(column) IS NOT NULL ORDER BY \(column), id", [])
      #expect(found.allSatisfy { $0.contains("COVERING INDEX generation_\(column)") }, "\(found)")
    }
  }

  @Test("seeds are dumped, restored, merged and compared exactly")
  func dumps() throws {
    let fixture = try fixture()
    var lines: [UInt8] = []
    try fixture.library.dump { lines += $0 }
    let text = String(decoding: lines, as: UTF8.self)
    for seed in Self.seeds { #expect(text.contains(#""seed":\#(seed),"#)) }
    let ids = (1...8).map { GenerationID(Int64($0)) }
    let generations = try fixture.library.generations(ids)
    let records = generations.map { GenerationRecord($0, folder: fixture.library.folder) }
    let other = try TemporaryLibrary()
    for _ in 1...2 {
      let report = try other.library.restore(records, at: SearchFixture.now)
      #expect(report.conflictCount == 0)
    }
    #expect(
      try other.library.generations(ids).map(\.parameters.seed)
        == Self.seeds.map { ImageSeed?.some($0) } + [nil])
    let difference = GenerationDifference(from: generations[0], to: generations[1])
    #expect(difference.fields.map(\.before) == ["18446744073709551615"])
    #expect(difference.fields.map(\.after) == ["-9223372036854775808"])
  }

  @Test("a library of version 1 keeps its seeds, and takes large ones after its migration")
  func migration() throws {
    let folder = try MigrationTests.folder(version: 1)
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let before = try DatabaseQueue(path: folder.catalog.text).read { database in
      try Int64?.fetchAll(database, sql: "SELECT seed FROM generation ORDER BY id")
    }
    let library = try Library.open(folder, for: .writing)
    let ids = try library.read { database in
      try Int64.fetchAll(database, sql: "SELECT id FROM generation ORDER BY id")
    }
    let after = try library.generations(ids.map { GenerationID($0) }).map(\.parameters.seed)
    #expect(after == before.map { number in number.map { ImageSeed($0) } })
    try library.plant(["owl"], seed: 99)
    let record = try #require(try library.generations(ids.map { GenerationID($0) }).first)
    var copy = GenerationRecord(record, folder: folder)
    copy.uid = nil
    copy.parameters.seed = .max
    try library.restore([copy], at: SearchFixture.now)
    let query = try Query.parse("seed:18446744073709551615").query
    #expect(try library.count(query, at: SearchFixture.utc) == 1)
  }
}
