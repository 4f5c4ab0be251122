import FilePaths
import Foundation
import Testing

@testable import SeedbankRemote

@Suite("Times of objects that rclone lists") struct RcloneTimesTests {
  @Test("are those of the storage, except for heads, whose versions must be exact")
  func times() async throws {
    let folder = try TemporaryFolder()
    let log = folder.path.appending("log")
    let script = """
      #!/bin/sh
      echo "$*" >> '\(log)'
      exec rclone "$@"

      """
    let program = try folder.file("rclone", Array(script.utf8))
    #expect(chmod(program.text, 0o755) == 0)
    let store = RcloneStore(
      root: ":local:" + folder.path.appending("remote").text, scratch: folder.path,
      program: program, pace: TransferPace(jobs: 1))
    for key in ["images/a", "clocks/a", "heads/a"] { try await store.write([1], to: key) }
    for folder in ["images/", "clocks/", "heads/"] {
      let found = try await store.objects(in: folder)
      #expect(found.count == 1 && found.allSatisfy { $0.modified != nil })
    }
    let listings = try String(contentsOfFile: log.text, encoding: .utf8)
      .split(separator: "\n").filter { $0.contains("lsjson") }
    #expect(listings.map { $0.contains("--use-server-modtime") } == [true, true, false])
  }
}
