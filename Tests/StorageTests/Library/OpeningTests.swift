import FilePaths
import Foundation
import GRDB
import Testing

@testable import SeedbankStorage

@Suite("Opening a library") struct OpeningTests {
  @Test(
    "a folder that is not a library is refused and not changed",
    arguments: ["", "hello, I am a text file", "SQLite format 3\0 but no more than that"])
  func noLibrary(content: String) throws {
    let folder = try Self.folder(with: Data(content.utf8))
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    for access in [Library.Access.reading, .writing, .creating] {
      #expect(throws: LibraryError.notALibrary(path: folder.catalog)) {
        try Library.open(folder, for: access)
      }
    }
    try Self.expect(folder, holdsOnly: Data(content.utf8))
  }

  @Test("another program's database, and a newer library, are refused and not changed")
  func foreignDatabases() throws {
    for (identity, version) in [(0, 0), (7, 1), (Migrations.applicationID, 99)] {
      let folder = try Self.folder(with: nil)
      defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
      let queue = try DatabaseQueue(path: folder.catalog.text)
      try queue.write { database in
        try database.execute(
          sql: """
            CREATE TABLE theirs(x);
            PRAGMA application_id = \(identity);
            PRAGMA user_version = \(version);
            """)
      }
      try queue.close()
      let before = try #require(FileManager.default.contents(atPath: folder.catalog.text))
      let error: LibraryError =
        version == 99
        ? .newerSchema(path: folder.catalog, found: 99, supported: Migrations.all.currentVersion)
        : .notALibrary(path: folder.catalog)
      for access in [Library.Access.reading, .writing, .creating] {
        #expect(throws: error) { try Library.open(folder, for: access) }
      }
      try Self.expect(folder, holdsOnly: before)
    }
  }

  @Test("a second connection of a process leaves the locks of the first in place")
  func locks() throws {
    let folder = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let first = try Library.open(folder, for: .creating)
    _ = try first.statusCounts()
    let second = try Library.open(folder, for: .writing)
    _ = try second.statusCounts()
    // Without the lock, another process that closes the catalog considers itself the last one and
    // deletes the log.
    var status = stat()
    try #require(stat(folder.catalog.text, &status) == 0)
    let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n")
    let own = locks.filter { line in
      line.contains(" \(getpid()) ") && line.contains(":\(status.st_ino) ")
    }
    #expect(own.contains { $0.contains("READ") }, "\(own)")
    withExtendedLifetime((first, second)) {}
  }

  @Test("a missing library is created only on request")
  func missing() throws {
    let folder = TemporaryFolder.new()
    for access in [Library.Access.reading, .writing] {
      #expect(throws: LibraryError.missing(path: folder.path)) {
        try Library.open(folder, for: access)
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path.text))
  }

  @Test("a further connection to a deleted library fails and creates no file")
  func deleted() throws {
    let home = try TemporaryLibrary()
    #expect(!home.library.isReplaced)
    try FileManager.default.removeItem(atPath: home.folder.catalog.text)
    #expect(home.library.isReplaced)
    #expect(throws: LibraryError.missing(path: home.folder.catalog)) {
      try home.library.withoutLockWaits()
    }
    #expect(!FileManager.default.fileExists(atPath: home.folder.catalog.text))
  }

  @Test("a new catalog whose log cannot be written into it is not closed as complete")
  func incompleteCatalog() throws {
    let folder = try Self.folder(with: nil)
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    let queue = try DatabaseQueue(path: folder.catalog.text)
    try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE t(x)") }
    let reader = try DatabaseQueue(path: folder.catalog.text)
    try reader.read { database in
      _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM t")
      try queue.write { try $0.execute(sql: "INSERT INTO t VALUES (1)") }
      #expect(throws: DatabaseError.self) { try queue.closeWithoutLog() }
    }
    try reader.close()
    try queue.closeWithoutLog()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path.text) == ["catalog.sqlite"])
  }

  @Test("a disk without space for the shared memory is reported as full, a read error is not")
  func fullDisk() {
    let path = FilePath("/library/catalog.sqlite")
    func error(_ code: ResultCode) -> LibraryError {
      LibraryError(DatabaseError(resultCode: code), path: path)
    }
    #expect(error(.SQLITE_FULL) == .full(path: path))
    #expect(error(.SQLITE_IOERR_SHMSIZE) == .full(path: path))
    let failed = LibraryError.inputOutput(operation: "use the catalog", path: path, errno: EIO)
    #expect(error(.SQLITE_IOERR_READ) == failed)
  }

  private static func folder(with catalog: Data?) throws -> LibraryFolder {
    let folder = TemporaryFolder.new()
    try FileManager.default.createDirectory(
      atPath: folder.path.text, withIntermediateDirectories: true)
    if let catalog {
      #expect(FileManager.default.createFile(atPath: folder.catalog.text, contents: catalog))
    }
    return folder
  }

  private static func expect(_ folder: LibraryFolder, holdsOnly catalog: Data) throws {
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path.text) == ["catalog.sqlite"])
    #expect(FileManager.default.contents(atPath: folder.catalog.text) == catalog)
  }
}
