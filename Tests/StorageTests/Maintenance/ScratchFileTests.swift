import FilePaths
import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Files that are passed to other programs") struct ScratchFileTests {
  @Test("are errors only if the process that wrote them has ended")
  func check() throws {
    let home = try TemporaryLibrary()
    let digest = Digest(of: "key".utf8)
    // No process has this number.
    let left = ["rclone-", "rclone-\(Int32.max)-\(digest.hex.prefix(32))", "rclone-x-1"]
    for name in left + [ScratchFile.name(for: digest)] {
      let path = (home.folder.incoming + "/\(name)").text
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
    }
    let faults = left.map { Fault.orphanDownload(path: "incoming/\($0)") }
    #expect(try home.library.check().faults == faults)
  }
}
