import Foundation
import TestProcesses
import Testing

@Suite("A program that a test starts")
struct ChildProcessTests {
  @Test("is ended after its time limit, and its output says so")
  func limit() async throws {
    let sleeping = try await ChildProcess.start("/bin/sleep", ["600"], limit: .milliseconds(100))
    let end = try await sleeping.end()
    #expect(end.status == -SIGKILL)
    #expect(end.errorOutput.contains("The test ended this program after 0.1 seconds."))
  }

  @Test("that ends before its limit is not ended by the test")
  func inTime() async throws {
    let end = try await ChildProcess.run("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"])
    #expect(end.status == 3)
    #expect(end.output == "out\n")
    #expect(end.errorOutput == "err\n")
  }

  @Test("that ends early ends the wait for its effect, with its output")
  func endsEarly() async throws {
    let failing = try await ChildProcess.start("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"])
    let error = await #expect(throws: ChildProcess.EndedEarly.self) {
      try await failing.wait { false }
    }
    #expect(error?.output == "out\n" && error?.errorOutput == "err\n")
    // A condition that the program made true before it ended is seen.
    try await failing.wait { true }
  }
}
