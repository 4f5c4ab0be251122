import FilePaths
import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Times of objects that rclone lists") struct RcloneTimesTests {
  @Test("the times of objects that rclone lists are those of the storage")
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
    #expect(listings.map { $0.contains("--use-server-modtime") } == [true, true, true])
  }

  @Test("a second push is read by the next pull also if the head has the same time as before")
  func sameTime() async throws {
    let fixture = try await StoreFixture(.rclone)
    let (ana, bo) = (try Replica(), try Replica())
    func setTimeOfHead() async throws {
      let heads = try await fixture.store.objects(in: RemoteLayout.heads)
      let path = fixture.folder.path.appending("remote/\(try #require(heads.first).key)").text
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_800_000_000)], ofItemAtPath: path)
    }
    let ids = try ana.plant(["cat"], seed: 1)
    try await ana.push(fixture.store)
    try await setTimeOfHead()
    #expect(try await bo.pull(fixture.store).segments == 1)
    try ana.edit(.rate(5), ids)
    try await ana.push(fixture.store)
    try await setTimeOfHead()
    #expect(try await bo.pull(fixture.store).segments == 1)
    #expect(try ana.exchanged() == bo.exchanged())
  }
}
