import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Two backups into one folder") struct BackupLockTests {
  @Test("the second is refused while the first runs, and the first becomes complete")
  func together() throws {
    let (home, other) = (try TemporaryLibrary(), try TemporaryLibrary())
    let away = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    try home.library.plant(["cat", "dog"])
    try other.library.plant(["owl"])
    var attempts = 0
    let report = try home.library.backup(to: away.path, link: .copy) { _, _ in
      attempts += 1
      for library in [other.library, home.library] {
        #expect(throws: BackupError.busy(path: away.path)) {
          _ = try library.backup(to: away.path)
        }
      }
    }
    #expect(attempts > 0 && report.copied == 2 && report.damaged.isEmpty)
    let copy = try Library.open(away, for: .reading)
    #expect(try copy.everything() == home.library.everything())
  }

  @Test("the next one runs when the one before has ended, also with an error")
  func oneAfterTheOther() throws {
    struct Stopped: Error {}
    let (home, away) = (try TemporaryLibrary(), TemporaryFolder.new())
    defer { try? FileManager.default.removeItem(atPath: away.path.text) }
    try home.library.plant(["cat"])
    func stop() throws {
      var folder = BackupFolder(path: away.path)
      let lock = try folder.prepare(for: home.library)
      withExtendedLifetime(lock) {}
      throw Stopped()
    }
    #expect(throws: Stopped.self) { try stop() }
    #expect(try home.library.backup(to: away.path).damaged.isEmpty)
    #expect(try home.library.backup(to: away.path).kept == 1)
  }
}
