import FilePaths
import Foundation
import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Migrating a library") struct MigrationTests {
  @Test("a library of every version so far opens, and its schema becomes that of schema.sql")
  func migrations() throws {
    let today = try Self.structure(of: TemporaryLibrary().library)
    for version in 1..<Migrations.all.currentVersion {
      let folder = try Self.folder(version: version)
      defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
      let library = try Library.open(folder, for: .writing)
      #expect(try Self.structure(of: library) == today, "version \(version)")
      #expect(try library.generation(GenerationID(1))?.prompt == "a cat")
      #expect(try library.generation(GenerationID(1))?.tags == ["client/acme"])
      let faults = try library.check().faults
      #expect(faults.allSatisfy { $0.remedy == .repair || "\($0)".hasPrefix("fileMissing") })
    }
  }

  @Test("a migrated library has the facets of its generations in blocks")
  func facets() throws {
    let folder = try Self.folder(version: 4)
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let library = try Library.open(folder, for: .writing)
    try library.read { database in
      var facets: [Int64: Int] = [:]
      try FacetBlocks.forEach(in: database) { id, _ in facets[id, default: 0] += 1 }
      #expect(facets == [1: 3])
      let uses = try FacetKind.allCases.map {
        try FacetTable.values(of: $0, in: database).map(\.uses)
      }
      #expect(uses == [[1], [1], [1]])
    }
  }

  @Test("an edit in the history of a migrated library can be redone")
  func history() throws {
    let folder = try Self.folder(version: 5)
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let library = try Library.open(folder, for: .writing)
    try library.write { try SearchIndex.rebuild(in: $0) }
    #expect(try library.history(limit: 9).map(\.generations) == [1])
    #expect(try library.redo(at: Timestamp(milliseconds: 1_800_000_000_000)).map(\.fields) == [1])
    #expect(try library.generation(GenerationID(1))?.rating == 4)
  }

  @Test("a refused request of a migrated library has no cost")
  func refusedCosts() throws {
    let folder = try Self.folder(version: 4)
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let catalog = try DatabaseQueue(path: folder.catalog.text)
    try catalog.write { database in
      try database.execute(
        sql: """
          UPDATE generation SET status = 'failed', cost = 30000, cost_currency = 'USD',
            cost_estimated = 1, price_table = 'p' WHERE id = 1
          """)
    }
    try catalog.close()
    let library = try Library.open(folder, for: .writing)
    let generation = try #require(try library.generation(GenerationID(1)))
    #expect(generation.status == .failed && generation.provider.cost == nil)
    #expect(try library.statistics().cost.isEmpty)
  }

  @Test("migrated requests have the one provider that existed, and imported images none")
  func providers() throws {
    let folder = try Self.folder(version: 2)
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let library = try Library.open(folder, for: .writing)
    #expect(try library.generation(GenerationID(1))?.provider == .original)
    #expect(try library.generation(GenerationID(2))?.provider == RecordedProvider())
    #expect(try library.providers() == ["pixazo"])
  }

  @Test("the steps of all versions run in their order, each once, also if opened for reading")
  func order() throws {
    for access in [Library.Access.reading, .writing] {
      let folder = try Self.folder(version: 1)
      defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
      func step(_ name: String) -> Migrations.Step {
        { database, _ in
          try database.execute(sql: "CREATE TABLE IF NOT EXISTS step(name)")
          try database.execute(sql: "INSERT INTO step VALUES (?)", arguments: [name])
        }
      }
      let migrations = Migrations([[step("2a"), step("2b")], [step("3")]])
      for _ in 1...2 {
        let library = try Library.open(folder, for: access, migrations: migrations)
        let names = try library.read { try String.fetchAll($0, sql: "SELECT name FROM step") }
        #expect(names == ["2a", "2b", "3"])
        let version = try library.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        #expect(version == 3)
      }
      #expect(
        throws: LibraryError.newerSchema(
          path: folder.catalog, found: 3, supported: Migrations([[]]).currentVersion)
      ) {
        try Library.open(folder, for: .reading, migrations: Migrations([[]]))
      }
    }
  }

  @Test("a library whose table of facets is damaged is migrated and repaired")
  func damagedFacets() throws {
    for version in 1..<Migrations.all.currentVersion {
      let folder = try Self.folder(version: version)
      defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
      try Self.overwriteFirstPage(of: "facet", in: folder)
      let library = try Library.open(folder, for: .writing)
      #expect(try library.generation(GenerationID(1))?.prompt == "a cat", "version \(version)")
      let faults = try library.check().faults
      #expect(faults.allSatisfy { $0.remedy == .repair || "\($0)".hasPrefix("fileMissing") })
    }
  }

  private static func overwriteFirstPage(of table: String, in folder: LibraryFolder) throws {
    let queue = try DatabaseQueue(path: folder.catalog.text)
    let row = try queue.read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size() WHERE name = ?",
        arguments: [table])
    }
    let (page, size) = try (#require(row?[0] as Int?), #require(row?[1] as Int?))
    try queue.close()
    let file = try FileHandle(forUpdating: URL(filePath: folder.catalog.text))
    try file.seek(toOffset: UInt64((page - 1) * size))
    try file.write(contentsOf: Data(repeating: 0xA5, count: size))
    try file.close()
  }

  @Test("a migration that fails leaves the library as it was")
  func failure() throws {
    let folder = try Self.folder(version: 1)
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let before = try Self.everything(in: folder)
    let migrations = Migrations([
      SchemaVersion2.steps + [{ database, _ in try database.execute(sql: "no such statement") }]
    ])
    #expect(throws: LibraryError.self) {
      try Library.open(folder, for: .writing, migrations: migrations)
    }
    #expect(try Self.everything(in: folder) == before)
    _ = try Library.open(folder, for: .writing)
  }

  /// Returns a library with the catalog of an older version of Seedbank.
  static func folder(version: Int) throws -> LibraryFolder {
    let folder = TemporaryFolder.new()
    try FileManager.default.createDirectory(
      atPath: folder.path.text, withIntermediateDirectories: true)
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/library-\(version).sql")
    let queue = try DatabaseQueue(path: folder.catalog.text)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: String(contentsOf: fixture, encoding: .utf8))
    }
    try queue.close()
    return folder
  }

  private static func everything(in folder: LibraryFolder) throws -> [String] {
    let queue = try DatabaseQueue(path: folder.catalog.text)
    return try queue.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name || ': ' || sql FROM sqlite_schema WHERE sql IS NOT NULL")
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM generation ORDER BY id")
      return tables + ["\(version)"] + rows.map(\.description)
    }
  }

  /// Returns the tables with their columns, and the indexes.
  ///
  /// A column that was added to a table has no comment there, so the SQL of the tables differs.
  private static func structure(of library: Library) throws -> [String] {
    try library.read { database in
      let columns = try Row.fetchAll(
        database,
        sql: """
          SELECT t.name, t.wr, t.strict, c.* FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c
          WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid
          """)
      let indexes = try String.fetchAll(
        database,
        sql: "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1")
      return columns.map(\.description) + indexes
    }
  }
}
