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

  @Test("does not replace a backup of generations that the library lacks, and says what to do")
  func otherLibrary() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    let folder = harness.folder.appendingPathComponent("backup").path
    try await harness.succeed("backup", folder)
    harness.environment["SEEDBANK_LIBRARY"] = harness.folder.appendingPathComponent("new").path
    try await harness.succeed("init")
    for extra in [[], ["--dry-run"]] {
      let refused = try await harness.run(["backup", folder] + extra)
      #expect(refused.status == 73, "\(refused)")
      #expect(
        refused.talk.contains("has 1 generation that this library does not have"), "\(refused)")
      #expect(refused.talk.contains("`seedbank restore \(folder)`"), "\(refused)")
    }
    try await harness.succeed("restore", folder)
    #expect(try await harness.succeed("backup", folder).output.contains("1 unchanged"))
  }

  @Test("ends with 0 if images are on a remote only, and says how many")
  func remoteImages() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    try FileManager.default.createDirectory(
      atPath: harness.folder.path + "/nas", withIntermediateDirectories: true)
    try await harness.succeed("remote", "add", "nas", "file://\(harness.folder.path)/nas")
    try await harness.succeed("push")
    try await harness.succeed("drop", "#1", "--yes")
    for extra in [["--dry-run"], []] {
      let backup = try await harness.succeed(["backup", "backup"] + extra)
      #expect(backup.talk.contains("1 image is on a remote only"), "\(backup)")
      #expect(!backup.talk.contains("warning"), "\(backup)")
    }
  }

  @Test("warns if the catalog of the earlier backup is damaged")
  func damagedCatalog() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    let folder = harness.folder.appendingPathComponent("backup").path
    try await harness.succeed("backup", folder)
    let catalog = folder + "/catalog.sqlite"
    try Data(repeating: 0x55, count: 8_192).write(to: URL(fileURLWithPath: catalog))
    let replaced = try await harness.succeed("backup", folder)
    #expect(replaced.talk.contains("is damaged; it was kept as \(catalog).damaged"), "\(replaced)")
  }
}
