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
}
