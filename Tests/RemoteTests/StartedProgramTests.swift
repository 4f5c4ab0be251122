import FilePaths
import Foundation
import Testing

@testable import SeedbankRemote

@Suite("A program that is started") struct StartedProgramTests {
  @Test("has no exit status if the system does not know how it ended")
  func unknownEnd() {
    // A process is not its own child.
    #expect(ChildProcess.wait(for: getpid()) == nil)
  }

  @Test("has its exit status, or 128 and the number of the signal that ended it")
  func ends() throws {
    let folder = try TemporaryFolder()
    for (script, status) in [("exit 3", 3), ("kill -TERM $$", 128 + SIGTERM)] {
      let output = try UnnamedFile(in: folder.path)
      let result = try Subprocess.run("sh", ["-c", script], into: output, scratch: folder.path)
      #expect(result.status == status, "\(script)")
    }
  }
}
