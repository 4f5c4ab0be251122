import FilePaths
import Foundation
import GRDB
import Testing

@testable import SeedbankStorage

/// Tests of damage to the catalog's own files, made without SQLite.
@Suite("A catalog damaged as a file") struct CatalogDamageTests {
  /// Copies a library's catalog and log while the library is open, and damages the copy.
  private func damaged(
    _ damage: (_ catalog: inout Data, _ log: inout Data) throws -> Void
  ) throws -> LibraryFolder {
    let home = try TemporaryLibrary()
    try home.library.plant((0..<40).map { "cat \($0)" }, tags: ["a"])
    try home.library.queue.inDatabase { _ = try $0.checkpoint(.truncate) }
    try home.library.plant(["dog"], seed: 2)
    let files = FileManager.default
    var catalog = try #require(files.contents(atPath: home.folder.catalog.text))
    var log = try #require(files.contents(atPath: home.folder.catalog.text + "-wal"))
    try damage(&catalog, &log)
    let folder = TemporaryFolder.new()
    try files.copyItem(atPath: home.folder.path.text, toPath: folder.path.text)
    for (suffix, content) in [("", catalog), ("-wal", log)] {
      try content.write(to: URL(filePath: folder.catalog.text + suffix))
    }
    try? files.removeItem(atPath: folder.catalog.text + "-shm")
    return folder
  }

  private func faults(_ folder: LibraryFolder) throws -> [String] {
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    do {
      return try Library.open(folder, for: .reading).check().faults.map { "\($0)" }
    } catch let error as LibraryError {
      return ["\(error)"]
    }
  }

  @Test("the unchanged copy is intact")
  func sound() throws {
    #expect(try faults(damaged { _, _ in }).isEmpty)
  }

  @Test("an index of a table with a quotation mark and a combining mark in its name is compared")
  func quotedNames() throws {
    let home = try TemporaryLibrary()
    try home.library.write { database in
      try database.execute(
        sql: """
          CREATE TABLE "x""\u{301}y" ("a""\u{301}b");
          CREATE INDEX z ON "x""\u{301}y" ("a""\u{301}b");
          INSERT INTO "x""\u{301}y" VALUES (7)
          """)
    }
    #expect(try home.library.read { try RowIndexCheck.areIntact(in: $0) })
  }

  @Test("a log whose middle is flipped, or that is cut within a frame, is named")
  func tornLog() throws {
    let flipped = try faults(damaged { _, log in log[log.count / 2] ^= 0xFF })
    #expect(flipped.contains { $0.hasPrefix("logTorn") }, "\(flipped)")
    let cut = try faults(damaged { _, log in log.removeLast(100) })
    #expect(cut.contains { $0.hasPrefix("logTorn") }, "\(cut)")
  }

  @Test("frames of a stopped transaction are not damage, but a broken frame before a commit is")
  func stoppedTransaction() throws {
    let home = try TemporaryLibrary()
    try home.library.plant(["cat"])
    let stopped = try home.reopened()
    try stopped.queue.inDatabase { database in
      // With so few pages in memory, SQLite writes pages into the log before the commit.
      try database.execute(sql: "PRAGMA cache_size = 5")
      try database.inTransaction {
        try database.execute(
          sql: """
            CREATE TABLE spilled AS WITH RECURSIVE n(i) AS (
              SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300)
            SELECT randomblob(3000) AS content FROM n
            """)
        return .rollback
      }
    }
    let files = FileManager.default
    let copy = TemporaryFolder.new().path
    defer { try? files.removeItem(atPath: copy.text) }
    func log() throws -> Data {
      try #require(files.contents(atPath: home.folder.catalog.text + "-wal"))
    }
    func tear(_ log: Data) throws -> Int? {
      try log.write(to: URL(filePath: copy.text))
      return try LogInspection.tear(ofLogAt: copy)
    }
    let before = try log()
    #expect(before.count > 1_000_000)
    #expect(try tear(before) == nil)
    #expect(try tear(before.dropLast(100)) == nil)
    // The next transaction replaces only the first of these frames.
    try home.library.plant(["dog"], seed: 2)
    var after = try log()
    #expect(after.count == before.count)
    #expect(try tear(after) == nil)
    #expect(try home.library.check().faults == [])
    after[5_000] ^= 1
    #expect(try tear(after) == 1)
    let salt = Array(after[16..<24])
    #expect(try LogInspection.tear(ofLogAt: copy, end: LogEnd(frames: 1, salt: salt)) == nil)
    #expect(try LogInspection.tear(ofLogAt: copy, end: LogEnd(frames: 2, salt: salt)) == 1)
    #expect(try LogInspection.tear(ofLogAt: copy, end: LogEnd(frames: 1, salt: [])) == 1)
  }

  @Test("a page of junk, a cut end, and a catalog that was replaced are each named")
  func brokenCatalog() throws {
    let junk = try faults(
      damaged { catalog, log in
        log.removeAll()
        catalog.replaceSubrange(8192..<12288, with: Data(repeating: 0x55, count: 4096))
      })
    #expect(junk.contains { $0.hasPrefix("catalogDamaged") || $0.hasPrefix("corrupt") }, "\(junk)")
    let cut = try faults(
      damaged { catalog, log in
        log.removeAll()
        catalog.removeLast(catalog.count / 2)
      })
    #expect(cut.contains { $0.hasPrefix("catalogDamaged") || $0.hasPrefix("corrupt") }, "\(cut)")
    let replaced = try faults(
      damaged { catalog, log in
        log.removeAll()
        catalog = Data(repeating: 0x55, count: catalog.count)
      })
    #expect(replaced.contains { $0.hasPrefix("notALibrary") }, "\(replaced)")
  }
}
