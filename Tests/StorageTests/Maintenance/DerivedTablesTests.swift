import FilePaths
import Foundation
import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

/// A kind of damage to one of the derived tables, made without the library.
struct DerivedDamage: CustomTestStringConvertible, Sendable {
  let table: String
  let way: String
  let sql: String

  var testDescription: String { "\(way) \(table)" }

  private static let columns = [
    ("search_index_data", "block"), ("search_index_config", "v"), ("search_index_idx", "term"),
    ("facet_block", "facets"),
  ]

  static let all: [DerivedDamage] =
    columns.flatMap { table, column in
      [
        DerivedDamage(table: table, way: "every row is deleted from", sql: "DELETE FROM \(table)"),
        DerivedDamage(
          table: table, way: "random bytes fill",
          sql: "UPDATE OR REPLACE \(table) SET \(column) = randomblob(length(\(column)) + 1)"),
        DerivedDamage(
          table: table, way: "zeros fill",
          sql: "UPDATE OR REPLACE \(table) SET \(column) = zeroblob(length(\(column)))"),
        DerivedDamage(
          table: table, way: "half is cut from",
          sql: """
            UPDATE OR REPLACE \(table) SET \(column) = coalesce(substr(\(column), 1, length(\(column)) / 2), x'')
            """),
        DerivedDamage(table: table, way: "nothing is left of", sql: "DROP TABLE \(table)"),
      ]
    } + [
      DerivedDamage(
        table: "search_index_data", way: "the longest row is deleted from",
        sql: """
          DELETE FROM search_index_data WHERE id =
            (SELECT id FROM search_index_data ORDER BY length(block) DESC LIMIT 1)
          """),
      DerivedDamage(
        table: "search_index_data", way: "the totals are deleted from",
        sql: "DELETE FROM search_index_data WHERE id = 1"),
      DerivedDamage(
        table: "search_index_idx", way: "the last row is deleted from",
        sql: """
          DELETE FROM search_index_idx WHERE term = (SELECT max(term) FROM search_index_idx)
          """),
      DerivedDamage(
        table: "search_index_idx", way: "wrong pages stand in",
        sql: "UPDATE search_index_idx SET pgno = pgno + 77"),
      DerivedDamage(
        table: "search_index_idx", way: "no pages stand in",
        sql: "UPDATE search_index_idx SET pgno = NULL"),
      DerivedDamage(
        table: "search_index_data", way: "no totals stand in",
        sql: "UPDATE search_index_data SET block = NULL WHERE id = 1"),
      DerivedDamage(
        table: "search_index_data", way: "no last page stands in",
        sql: """
          UPDATE search_index_data SET block = NULL WHERE id = (SELECT max(id) FROM search_index_data)
          """),
      DerivedDamage(table: "facet", way: "every row is deleted from", sql: "DELETE FROM facet"),
      DerivedDamage(
        table: "facet", way: "wrong counts stand in", sql: "UPDATE facet SET uses = -9"),
      DerivedDamage(
        table: "facet", way: "rubbish is added to",
        sql:
          "INSERT INTO facet(kind, value, uses) VALUES ('tag', CAST(x'FF00C3' AS TEXT), 5), ('x', '', 1)"
      ),
      DerivedDamage(table: "facet", way: "nothing is left of", sql: "DROP TABLE facet"),
      DerivedDamage(
        table: "facet", way: "another table stands in the place of",
        sql: "DROP TABLE facet; CREATE TABLE facet(a); INSERT INTO facet VALUES (x'00'), (NULL)"),
      DerivedDamage(
        table: "facet", way: "a table of any types stands in the place of",
        sql: """
          DROP TABLE facet; CREATE TABLE facet(kind, value, uses);
          INSERT INTO facet VALUES ('tag', x'00FF', 'many'), ('size', NULL, 3), (NULL, NULL, NULL)
          """),
      DerivedDamage(
        table: "facet", way: "a view stands in the place of",
        sql: "DROP TABLE facet; CREATE VIEW facet AS SELECT 1 AS kind, 2 AS value, 3 AS uses"),
      DerivedDamage(
        table: "facet", way: "other numbers stand in", sql: "UPDATE facet SET id = id + 1000"),
      DerivedDamage(
        table: "facet_block", way: "a facet is added to",
        sql: "UPDATE facet_block SET facets = CAST(facets || x'0101' AS BLOB)"),
      DerivedDamage(
        table: "facet_block", way: "facets of no generation stand in",
        sql: "INSERT INTO facet_block VALUES (9000000000000, x'0101'), (-5, x'0101')"),
      DerivedDamage(
        table: "search_state", way: "every row is deleted from", sql: "DELETE FROM search_state"),
      DerivedDamage(
        table: "search_state", way: "rubbish is added to",
        sql: "INSERT INTO search_state SELECT 77; UPDATE search_state SET rules = -1"),
      DerivedDamage(
        table: "search_state", way: "nothing is left of", sql: "DROP TABLE search_state"),
      DerivedDamage(
        table: "search_index", way: "nothing but shadow tables is left of",
        sql: """
          PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'search_index';
          PRAGMA writable_schema = RESET
          """),
      DerivedDamage(
        table: "search_index", way: "nothing is left of", sql: "DROP TABLE search_index"),
      DerivedDamage(
        table: "search_index", way: "an ordinary table stands in the place of",
        sql: "DROP TABLE search_index; CREATE TABLE search_index(prompt, note, tag, facet)"),
      DerivedDamage(
        table: "search_index", way: "an index of other options stands in the place of",
        sql: "DROP TABLE search_index; CREATE VIRTUAL TABLE search_index USING fts5(prompt)"),
      DerivedDamage(
        table: "search_index", way: "words of no generation stand in",
        sql: """
          INSERT INTO search_index(rowid, prompt) VALUES (9000000000000, 'cat'), (-5, 'owl')
          """),
    ]

  func inflict(on folder: LibraryFolder) throws {
    let queue = try DatabaseQueue(path: folder.catalog.text)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }
}

@Suite("Derived tables in any state") struct DerivedTablesTests {
  /// Returns the library's records, which must not be affected by damage to derived tables.
  private func dump(_ library: Library) throws -> String {
    var bytes: [UInt8] = []
    try library.dump { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: library.folder.path.text).joined(separator: "LIBRARY")
  }

  private func catalogFaults(_ library: Library) throws -> [Fault] {
    try library.check().faults.filter { fault in
      switch fault {
      // The images of a random library have no files.
      case .fileMissing, .perceptualHashMissing: false
      default: true
      }
    }
  }

  /// Returns the statistics without the size of the catalog, which includes derived tables.
  private func statistics(_ library: Library) throws -> LibraryStatistics {
    var statistics = try library.statistics()
    statistics.catalogBytes = 0
    return statistics
  }

  private func results(_ queries: [Query], _ library: Library) throws -> [[GenerationID]] {
    try queries.flatMap { query in
      try [SearchOrder.newest, .relevance, .size].map { order in
        try library.ids(SearchRequest(query, order: order, limit: 0, at: SearchFixture.utc))
      }
    }
  }

  private func repair(_ library: Library, _ faults: [Fault]) throws -> RepairReport {
    var random = SeededGenerator(seed: 5)
    return try library.repair(faults, at: noon, using: &random) { _ in
      .undecodable(reason: "no picture")
    }
  }

  @Test(
    "a check names the damage, records stay readable, and a repair restores everything",
    arguments: DerivedDamage.all)
  func everyDamage(damage: DerivedDamage) throws {
    var random = SeededGenerator(seed: 501)
    let fixture = try SearchFixture()
    // Small pages give the index many pages, so that a damage can be in any part of it.
    try fixture.library.write { try SearchIndex.set("pgsz", to: 64, in: $0) }
    try fixture.fill(40, &random)
    let queries = (0..<25).map { _ in Query.random(&random) }
    let expected = try results(queries, fixture.library)
    let records = try dump(fixture.library)
    let ids = try fixture.find("id:1..")
    let counts = try statistics(fixture.library)
    #expect(try catalogFaults(fixture.library).isEmpty)

    try damage.inflict(on: fixture.library.folder)
    let library = try Library.open(fixture.library.folder, for: .writing)
    let faults = try catalogFaults(library)
    #expect(!faults.isEmpty && faults.allSatisfy { $0.remedy == .repair }, "\(faults)")

    #expect(try dump(library) == records)
    #expect(try statistics(library) == counts)
    #expect(try library.generation(GenerationID(5))?.id == GenerationID(5))
    let local = SearchFixture.utc
    for text in ["id:1..", "", "created:>=1999", "id:1..40"] {
      let query = try Query.parse(text).query
      let found = try library.ids(SearchRequest(query, limit: 0, at: local)).map(\.rawValue)
      #expect(found == ids, "\(text)")
      #expect(try library.count(query, at: local) == ids.count)
    }
    let seeds = try Query.parse("seed:42 OR status:pending").query
    _ = try library.ids(SearchRequest(seeds, order: .seed, limit: 0, at: local))
    let target = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: target.path.text) }
    _ = try library.backup(to: target.path)
    #expect(try dump(Library.open(target, for: .reading)) == records)

    let report = try repair(library, faults)
    #expect(report.left.isEmpty)
    #expect(try catalogFaults(library).isEmpty)
    #expect(try results(queries, library) == expected)
    #expect(try dump(library) == records)
    // The next process gets the same results, and edits are entered into the new tables.
    let next = try Library.open(library.folder, for: .writing)
    try next.edit(.note("a note after the repair"), on: [GenerationID(1)], by: "ann", at: noon)
    #expect(try catalogFaults(next).isEmpty)
  }

  @Test("a search that needs the damaged index fails with the name of the damage")
  func searchFails() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat")
    for sql in ["DELETE FROM search_index_config", "DROP TABLE search_index_data"] {
      let damage = DerivedDamage(table: "search_index", way: "", sql: sql)
      try damage.inflict(on: fixture.library.folder)
      let library = try Library.open(fixture.library.folder, for: .writing)
      let query = try Query.parse("cat").query
      let error = #expect(throws: LibraryError.self) {
        try library.ids(SearchRequest(query, at: SearchFixture.utc))
      }
      guard case .indexDamaged? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      _ = try repair(library, library.check().faults)
      #expect(try library.count(query, at: SearchFixture.utc) == 1)
    }
  }

  @Test("a repair that is stopped before its end does not change the library")
  func stopped() throws {
    struct Stop: Error {}
    let fixture = try SearchFixture()
    try fixture.add("a cat", tags: ["x"])
    #expect(throws: Stop.self) {
      try fixture.library.write { database in
        try DerivedTables.recreate(in: database, .forgetting)
        throw Stop()
      }
    }
    #expect(try fixture.find("cat tag:x") == [1])
    #expect(try catalogFaults(fixture.library).isEmpty)
  }

  @Test(
    "a repair that is stopped before it frees the old pages leaves only those, and the next frees them"
  )
  func stoppedBeforeFreeing() throws {
    let home = try TemporaryLibrary()
    try home.library.plant((0..<60).map { "cat \($0)" }, tags: ["a"])
    try home.library.write { try SearchIndex.rebuild(in: $0, .forgetting) }
    let library = try home.reopened()
    let faults = try library.check().faults
    guard faults.count == 1, case .unusedPages(let count)? = faults.first, count > 0 else {
      Issue.record("\(faults)")
      return
    }
    #expect(try repair(library, faults).left.isEmpty)
    #expect(try library.check().isSound)
    let query = try Query.parse("cat tag:a").query
    #expect(try library.count(query, at: SearchFixture.utc) == 60)
  }

  @Test(
    "damaged pages of a derived table are named and replaced; those of another table are named",
    arguments: [
      "search_index_data", "search_index_idx", "search_index_config", "facet", "facet_block",
      "search_state",
      "event", "generation", "image", "prompt", "change_item",
    ])
  func damagedPages(table: String) throws {
    let home = try TemporaryLibrary()
    try home.library.plant((0..<60).map { "cat \($0)" }, tags: ["a"])
    try home.library.edit(.rate(3), on: [GenerationID(1)], by: "ann", at: noon)
    let root = try home.library.read { database in
      try Int.fetchOne(
        database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
    }
    let size = try home.library.read { try Int.fetchOne($0, sql: "PRAGMA page_size") ?? 0 }
    try home.library.queue.inDatabase { _ = try $0.checkpoint(.truncate) }
    let page = try #require(root)
    var catalog = try #require(FileManager.default.contents(atPath: home.folder.catalog.text))
    catalog.replaceSubrange(
      (page - 1) * size..<page * size, with: Data(repeating: 0x5A, count: size))
    let folder = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    try FileManager.default.copyItem(atPath: home.folder.path.text, toPath: folder.path.text)
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.catalog.text + suffix)
    }
    try catalog.write(to: URL(filePath: folder.catalog.text))
    let library = try Library.open(folder, for: .writing)
    let faults = try library.check().faults
    #expect(faults.contains { "\($0)".contains("table \(table)") }, "\(faults)")
    guard DerivedTables.contains(table) else {
      #expect(faults.contains { $0.remedy == .backup }, "\(faults)")
      return
    }
    #expect(faults.allSatisfy { $0.remedy == .repair }, "\(faults)")
    #expect(try repair(library, faults).left.isEmpty)
    #expect(try library.check().faults.isEmpty)
    let query = try Query.parse("cat tag:a").query
    #expect(try library.count(query, at: SearchFixture.utc) == 60)
  }

  @Test("an index that does not match its rows is named and created again")
  func staleRowIndex() throws {
    let home = try TemporaryLibrary()
    try home.library.plant(["cat", "dog", "owl"])
    // A row changes while SQLite does not know of the index.
    let sql = try home.library.read { database in
      try String.fetchOne(
        database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'generation_rating'") ?? ""
    }
    try home.library.queue.writeWithoutTransaction { database in
      let root = try Int.fetchOne(
        database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'generation_rating'")
      try database.execute(
        sql: """
          PRAGMA writable_schema = ON;
          DELETE FROM sqlite_schema WHERE name = 'generation_rating';
          PRAGMA writable_schema = RESET;
          UPDATE generation SET rating = 4 WHERE id = 2;
          """)
      try database.execute(sql: "PRAGMA writable_schema = ON")
      try database.execute(
        sql: "INSERT INTO sqlite_schema VALUES ('index', 'generation_rating', 'generation', ?, ?)",
        arguments: [root, sql])
      try database.execute(sql: "PRAGMA writable_schema = RESET")
    }
    let library = try home.reopened()
    let faults = try library.check().faults
    let named = faults.contains { fault in
      if case .rowIndexDamaged("generation", _) = fault { true } else { false }
    }
    #expect(named, "\(faults)")
    _ = try repair(library, faults)
    #expect(try library.check().faults.isEmpty)
  }

  @Test("a NUL in text of another program is left out, and the library has no errors")
  func nul() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat\0 with a hat", tags: ["x"]) { draft in
      draft.note = "keep\0 this"
      draft.parameters.model = "SD\0XL"
      draft.provenance = Provenance(
        tool: "a1111\0", settings: #"{"negative_prompt":"blur\u0000ry","path":"C:\\u0000"}"#,
        raw: Array("a cat\0 raw".utf8))
    }
    try fixture.library.edit(.note("an\0other"), on: [GenerationID(1)], by: "ann", at: noon)
    #expect(try fixture.library.check().faults.isEmpty)
    #expect(try fixture.find("\"cat with a hat\" note:another negative:blurry") == [1])
    let generation = try #require(try fixture.library.generation(GenerationID(1)))
    #expect(generation.prompt == "a cat with a hat")
    #expect(
      generation.provenance?.settings == #"{"negative_prompt":"blurry","path":"C:\\u0000"}"#)
    #expect(generation.provenance?.raw == Array("a cat\0 raw".utf8))
    let other = try TemporaryLibrary()
    let record = GenerationRecord(generation, folder: fixture.library.folder)
    try other.library.restore([record], at: noon)
    #expect(try other.library.check().faults.isEmpty)
  }
}
