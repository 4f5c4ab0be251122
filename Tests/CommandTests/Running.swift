import Foundation
import TestProcesses

/// A running process of `seedbank`.
struct Running {
  let process: ChildProcess
  let arguments: [String]

  /// The text that the process has printed so far.
  var outputSoFar: String { process.output }
  var talkSoFar: String { process.errorOutput }

  var identifier: Int32 { process.identifier }

  func signal(_ number: Int32) { process.signal(number) }

  /// Waits until a condition is true; throws the output of the process if it ends before that.
  func wait(until isMet: () async throws -> Bool) async throws {
    try await process.wait(until: isMet)
  }

  func end() async throws -> Harness.Outcome {
    let end = try await process.end()
    return Harness.Outcome(
      arguments: arguments, status: end.status, standardOutput: end.standardOutput,
      standardError: end.standardError)
  }
}

/// Finds the programs that the build created, which are beside the test bundle.
enum Binary {
  struct Missing: Error { let path: String }

  static func seedbank() throws -> URL { try named("seedbank") }

  static func named(_ name: String) throws -> URL {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = URL(fileURLWithPath: tests).deletingLastPathComponent()
    let candidate = beside.appendingPathComponent(name)
    guard FileManager.default.isExecutableFile(atPath: candidate.path) else {
      throw Missing(path: candidate.path)
    }
    return candidate
  }
}
