import FilePaths
import Foundation
import Testing

@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Files that rclone uploads") struct RcloneScratchTests {
  @Test("have names by which a check sees that the push is running")
  func names() async throws {
    let folder = try TemporaryFolder()
    let (scratch, log) = (folder.path.appending("scratch"), folder.path.appending("log"))
    try FileManager.default.createDirectory(
      atPath: scratch.text, withIntermediateDirectories: true)
    let script = """
      #!/bin/sh
      ls '\(scratch)' > '\(log)'

      """
    let program = try folder.file("rclone", Array(script.utf8))
    #expect(chmod(program.text, 0o755) == 0)
    let store = RcloneStore(
      root: "remote:", scratch: scratch, program: program, pace: TransferPace(jobs: 1))
    try await store.write([1], to: "images/a")
    let names = try String(contentsOfFile: log.text, encoding: .utf8).split(separator: "\n")
    #expect(names.count == 1 && names.allSatisfy { ScratchFile.isInUse(String($0)) })
  }
}
