import FilePaths
import Foundation
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

@Suite("Restoring another library's folder") struct RestoreFolderTests {
  @Test("files of a restore that is running are no orphans")
  func running() async throws {
    let (home, other) = (try TemporaryLibrary(), try TemporaryLibrary())
    try other.library.plant(["cat", "dog", "owl"])
    let checker = try home.reopened()
    let couldCheck = Mutex<[Bool]>([])
    let check = Mutex<Task<[Fault], any Error>?>(nil)
    let library = try Library.open(home.folder, for: .writing) { step in
      guard step == .folderSynced else { return }
      // A file now has its name, and no row refers to it.
      let claim = try? checker.tryClaimStore(for: .judging)
      couldCheck.withLock { $0.append(claim != nil) }
      check.withLock { check in
        if check == nil { check = Task.detached { try checker.check().faults } }
      }
    }
    let report = try library.restore(from: other.library, at: noon)
    #expect(report.images == 3 && report.records.added == 3)
    #expect(couldCheck.withLock(\.self) == [false, false, false])
    let faults = try await check.withLock(\.self)?.value
    #expect(faults == [])
    #expect(try checker.everything().count == 3)
  }

  @Test("a rehearsal does not wait for a check, and after a restore others can check the files")
  func claims() throws {
    let (home, other) = (try TemporaryLibrary(), try TemporaryLibrary())
    try other.library.plant(["cat"])
    do {
      let held = try home.library.claimStore(for: .judging)
      let plan = try home.reopened().restore(from: other.library, at: noon, rehearsing: true)
      #expect(plan.images == 1)
      withExtendedLifetime(held) {}
    }
    _ = try home.library.restore(from: other.library, at: noon)
    #expect(try home.reopened().tryClaimStore(for: .judging) != nil)
  }

  @Test("two processes that restore the same image do not write into one file")
  func names() throws {
    let (home, other) = (try TemporaryLibrary(), try TemporaryLibrary())
    let ids = try other.library.plant(["cat"])
    let image = try #require(try other.library.generation(ids[0])?.images.first)
    let incoming = home.folder.incoming
    let names = Mutex<[String]>([])
    let library = try Library.open(home.folder, for: .writing) { step in
      guard step == .downloadBegun else { return }
      let found = (try? FileSystem.names(in: incoming)) ?? []
      names.withLock { $0 += found }
    }
    _ = try library.restore(from: other.library, at: noon)
    #expect(names.withLock(\.self) == ["restore-\(getpid())-\(image.digest.hex)"])
    #expect(try FileSystem.names(in: incoming) == [])
  }
}

@Suite("Restoring damaged image files from another library") struct DamagedFileRestoreTests {
  /// Replaces the content of a file; its size stays.
  private func damage(_ path: FilePath) throws {
    let bytes = try #require(FileManager.default.contents(atPath: path.text))
    try FileManager.default.removeItem(atPath: path.text)
    let damaged = Data(bytes.reversed())
    #expect(damaged != bytes)
    #expect(FileManager.default.createFile(atPath: path.text, contents: damaged))
  }

  private func faults(_ library: Library) throws -> [Fault] {
    let depth = Library.Depth.deep(
      resuming: false,
      inspect: { _ in .sound(format: "png", width: 512, height: 512, perceptualHash: nil) })
    return try library.check(depth).faults
  }

  @Test(
    "a file with the right size and wrong bytes is replaced, in the library and in its backup")
  func sameSize() throws {
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    let ids = try home.library.plant(["cat", "dog"])
    let image = try #require(try home.library.generation(ids[0])?.images.first)
    _ = try home.library.backup(to: away.path, link: .copy)
    for (damaged, intact) in [(home.folder, away), (away, home.folder)] {
      let library = try Library.open(damaged, for: .writing)
      let other = try Library.open(intact, for: .reading)
      let path = damaged.absolutePath(of: image)
      try damage(path)
      let found = try #require(ImageStore.digest(ofFileAt: path))
      #expect(try faults(library) == [.wrongBytes(path: image.relativePath, found: found)])
      for rehearsing in [true, false] {
        let report = try library.restore(from: other, at: noon, rehearsing: rehearsing)
        #expect(report.images == 1 && report.records.unchanged == 2)
      }
      #expect(try faults(library) == [])
      #expect(try library.restore(from: other, at: noon).images == 0)
    }
  }
}

@Suite("Restoring a folder with permanently deleted generations") struct ErasedFileRestoreTests {
  private let home: TemporaryLibrary
  private let backup: TemporaryLibrary
  private let ids: [GenerationID]

  init() throws {
    home = try TemporaryLibrary()
    backup = try TemporaryLibrary()
    ids = try home.library.plant(["cat", "dog"])
    _ = try backup.library.restore(from: home.library, at: noon)
  }

  private func erase(_ ids: [GenerationID]) throws {
    try home.library.edit(.trash, on: ids, by: "ana", at: noon)
    try home.library.emptyTrash(at: noon)
  }

  @Test("their images are copied only if they are added again")
  func deleted() throws {
    try erase([ids[0]])
    for rehearsing in [true, false] {
      let report = try home.library.restore(
        from: backup.library, at: noon, rehearsing: rehearsing)
      #expect(report.images == 0 && report.records.leftOut == 1)
    }
    #expect(try home.library.check().faults == [])
    let back = try home.library.restore(from: backup.library, at: noon, bringingBack: true)
    #expect(back.images == 1 && back.records.added == 1)
    #expect(try home.library.check().faults == [])
  }

  @Test("an image of theirs that a generation of the library has too is copied")
  func shared() throws {
    let image = try #require(try home.library.generation(ids[0])?.images.first)
    let owl = try home.library.plant(["owl"], seed: 2)[0]
    try home.library.add(home.library.plantImage("cat 0 1", position: 2), to: owl)
    try erase([ids[0]])
    try FileManager.default.removeItem(atPath: home.folder.absolutePath(of: image).text)
    let report = try home.library.restore(from: backup.library, at: noon)
    #expect(report.images == 1 && report.records.leftOut == 1)
    #expect(try home.library.check().faults == [])
  }

  @Test("the images of a generation that a third library deleted are copied if its record is added")
  func third() throws {
    try erase([ids[0]])
    // The generation is in the trash of the other library, which knows of the deletion.
    try backup.library.restore(home.library.dumped())
    let skipping = try TemporaryLibrary()
    let skipped = try skipping.library.restore(from: backup.library, at: noon)
    #expect(skipped.images == 1 && skipped.records.leftOut == 1)
    #expect(try skipping.library.check().faults == [])
    let trashed = try backup.library.trash(limit: 9)
    #expect(trashed.count == 1)
    try backup.library.edit(.restore, on: trashed, by: "bo", at: noon)
    let returned = try home.library.restore(from: backup.library, at: noon)
    #expect(returned.images == 1 && returned.records.added == 1)
    #expect(try home.library.check().faults == [])
  }
}
