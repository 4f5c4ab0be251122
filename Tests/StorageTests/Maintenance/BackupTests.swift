import FilePaths
import Foundation
import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

@Suite("Backing up a library") struct BackupTests {
  @Test("a backup is a library, and the second backup copies only new data")
  func incremental() throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    try home.library.plant(["cat", "dog"], tags: ["a"])
    let first = try home.library.backup(to: away.path, link: .copy)
    #expect(first.copied == 2 && first.linked == 0 && first.damaged.isEmpty)
    try home.library.plant(["owl"], seed: 2)
    let second = try home.library.backup(to: away.path)
    #expect(second.copied == 1 && second.linked == 1 && second.kept == 2)
    let copy = try Library.open(away, for: .writing)
    #expect(try copy.everything() == home.library.everything())
    #expect(try copy.check().faults == [])
  }

  @Test("a backup with its own log accepts the next backup")
  func openedBackup() throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    let ids = try home.library.plant(["cat"])
    _ = try home.library.backup(to: away.path)
    do {
      let copy = try Library.open(away, for: .writing)
      try copy.edit(.rate(1), on: ids, by: "ana", at: noon)
    }
    _ = try home.library.backup(to: away.path)
    let copy = try Library.open(away, for: .reading)
    #expect(try copy.everything() == home.library.everything())
  }

  @Test("a folder that is not a backup is not written to")
  func foreignFolder() throws {
    let (home, other) = (try TemporaryLibrary(), try TemporaryLibrary())
    try other.library.plant(["theirs"])
    let before = try other.library.everything()
    #expect(throws: BackupError.notABackup(path: other.folder.path)) {
      try home.library.backup(to: other.folder.path)
    }
    #expect(try other.library.everything() == before)
    #expect(throws: BackupError.insideLibrary(path: home.folder.path + "/images")) {
      try home.library.backup(to: home.folder.path + "/images")
    }
  }

  @Test("a file that is on a remote only is counted, and is not an error")
  func remoteFile() throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    let ids = try home.library.plant(["cat", "dog"])
    try home.library.addRemote("nas", url: "file:///nas")
    let image = try #require(try home.library.generation(ids[0])?.images.first)
    try home.library.queue.write { database in
      try database.execute(
        sql: "INSERT INTO remote_image(sha256, remote) SELECT sha256, 'nas' FROM image")
    }
    try FileManager.default.removeItem(atPath: home.folder.absolutePath(of: image).text)
    for report in [
      try home.library.backupPlan(to: away.path), try home.library.backup(to: away.path),
    ] {
      #expect(report.remote == 1 && report.copied == 1 && report.damaged.isEmpty, "\(report)")
    }
    let copy = try Library.open(away, for: .reading).check()
    #expect(copy.faults == [] && copy.remoteFiles == 1)
  }

  @Test("a file with wrong content is named and left out")
  func damagedFile() throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    let ids = try home.library.plant(["cat"])
    let image = try #require(try home.library.generation(ids[0])?.images.first)
    let path = home.folder.absolutePath(of: image).text
    try FileManager.default.removeItem(atPath: path)
    let wrong = Data(repeating: 0, count: Int(image.bytes))
    #expect(FileManager.default.createFile(atPath: path, contents: wrong))
    let report = try home.library.backup(to: away.path)
    #expect(report.damaged == [image.relativePath] && report.copied == 0)
    #expect(
      try Library.open(away, for: .reading).check().faults
        == [.fileMissing(path: image.relativePath, ids)])
  }
}

@Suite("Replacing an earlier backup") struct ReplacedBackupTests {
  private func content(of folder: LibraryFolder) throws -> [String] {
    let library = try Library.open(folder, for: .reading)
    // Another connection keeps the log of the catalog, and the next backup would be refused.
    defer { try? library.queue.close() }
    return try library.everything()
  }

  @Test("a backup with generations that the library does not know is not replaced")
  func otherLibrary() throws {
    let (home, other) = (try TemporaryLibrary(), try TemporaryLibrary())
    let away = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    try other.library.plant(["cat", "dog"])
    _ = try other.library.backup(to: away.path)
    let before = try other.library.everything()
    try home.library.plant(["owl"], seed: 2)
    let refusal = BackupError.wouldLose(path: away.path, generations: 2)
    #expect(throws: refusal) { try home.library.backupPlan(to: away.path) }
    #expect(throws: refusal) { try home.library.backup(to: away.path) }
    #expect(try content(of: away) == before)
    let source = try Library.open(away, for: .reading)
    _ = try home.library.restore(from: source, at: noon)
    try source.queue.close()
    _ = try home.library.backup(to: away.path)
    #expect(try content(of: away) == home.library.everything())
    #expect(try content(of: away).count == 3)
  }

  @Test("a backup of generations that the library deleted permanently is replaced")
  func deleted() throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    let ids = try home.library.plant(["cat", "dog", "owl"])
    _ = try home.library.backup(to: away.path)
    try home.library.edit(.trash, on: [ids[0], ids[2]], by: "ana", at: noon)
    try home.library.emptyTrash(at: noon)
    _ = try home.library.backup(to: away.path)
    #expect(try content(of: away).count == 1)
  }

  @Test(
    "a damaged catalog stops no backup and is kept under another name", arguments: [false, true])
  func damagedCatalog(hasLog: Bool) throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    try home.library.plant(["cat"])
    #expect(try home.library.backup(to: away.path).damagedCatalog == nil)
    let damaged = Data(repeating: 0x55, count: 8_192)
    try damaged.write(to: URL(fileURLWithPath: away.catalog.text))
    if hasLog { try damaged.write(to: URL(fileURLWithPath: away.catalog.text + "-wal")) }
    let report = try home.library.backup(to: away.path)
    let kept = try #require(report.damagedCatalog)
    #expect(kept == away.catalog + ".damaged")
    #expect(FileManager.default.contents(atPath: kept.text) == damaged)
    #expect(!FileSystem.exists(away.catalog + "-wal"))
    #expect(try content(of: away) == home.library.everything())
    #expect(try home.library.backup(to: away.path).damagedCatalog == nil)
  }
}

@Suite("Backing up files that cannot be read") struct UnreadableBackupTests {
  @Test("a file that exists but cannot be read is named with the reason, and the others are copied")
  func unreadable() throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    let ids = try home.library.plant(["cat", "dog", "owl"])
    let images = try ids.map { try #require(try home.library.generation($0)?.images.first) }
    let paths = images.map { home.folder.absolutePath(of: $0).text }
    try FileManager.default.removeItem(atPath: paths[0])
    try FileManager.default.removeItem(atPath: paths[1])
    // A link to itself has a name, and no process can open it.
    try FileManager.default.createSymbolicLink(atPath: paths[1], withDestinationPath: paths[1])
    let unreadable = [
      BackupReport.UnreadableFile(path: images[1].relativePath, errno: ELOOP)
    ]
    let plan = try home.library.backupPlan(to: away.path)
    #expect(plan.unreadable == unreadable && plan.damaged == [images[0].relativePath])
    let report = try home.library.backup(to: away.path)
    #expect(report.unreadable == unreadable && report.damaged == [images[0].relativePath])
    #expect(report.copied == 1)
  }
}

@Suite("Counting the content of a library") struct StatisticsTests {
  @Test("counts, bytes and tokens, by model, month and tag")
  func counts() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog", "cat"], tags: ["a"])
    try home.library.write { database in
      try database.execute(
        sql: """
          UPDATE generation SET usage = '{"output_tokens":4096}' WHERE id = 1;
          UPDATE generation SET usage = 'no json' WHERE id = 2
          """)
    }
    try home.library.edit(.rate(5), on: ids, by: "ana", at: noon)
    try home.library.edit(.trash, on: [ids[2]], by: "ana", at: noon)
    let statistics = try home.library.statistics()
    #expect(statistics.generations == 2 && statistics.inTrash == 1 && statistics.images == 2)
    #expect(statistics.files == 3 && statistics.tokens == 4096 && statistics.prompts == 2)
    #expect(statistics.byStatus == [.complete: 2] && statistics.byRating == [5: 2])
    #expect(statistics.models.map(\.name) == ["seedream-3-0-t2i-250415"])
    #expect(statistics.months.map(\.name) == ["2023-11"])
    #expect(statistics.topTags.map(\.generations) == [2])
    let later = try home.library.statistics(utcOffset: { _ in 86_400 * 30 })
    #expect(later.months.map(\.name) == ["2023-12"])
  }
}
