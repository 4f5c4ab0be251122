import FilePaths
import Foundation
import Testing

@testable import SeedbankStorage

@Suite("`seedbank backup`") struct BackupCommandTests {
  @Test("is refused with a hint and status 75 while another backup writes into the folder")
  func refused() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    let folder = harness.folder.appendingPathComponent("backup").path
    try await harness.succeed("backup", folder)
    let lock = try #require(try BackupLock(on: FilePath(folder + "/BACKUP")))
    let refused = try await harness.run("backup", folder)
    withExtendedLifetime(lock) {}
    #expect(refused.status == 75 && refused.talk.contains("another backup to"), "\(refused)")
    #expect(refused.talk.contains("hint: "), "\(refused)")
  }
}
