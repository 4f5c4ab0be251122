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

  @Test("is started when its file is no longer open for writing")
  func busyFile() throws {
    let folder = try TemporaryFolder()
    let program = try folder.file("program", Array("#!/bin/sh\nexit 3\n".utf8))
    #expect(chmod(program.text, 0o755) == 0)
    let writer = open(program.text, O_WRONLY)
    try #require(writer >= 0)
    var pauses = 0
    var process = pid_t()
    let error = ChildProcess.start([program], &process) {
      if pauses == 0 { close(writer) }
      pauses += 1
    }
    #expect(error == 0 && pauses > 0)
    #expect(ChildProcess.wait(for: process) == 3)
  }
}
