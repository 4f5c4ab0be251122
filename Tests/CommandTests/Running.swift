import Foundation
import TestProcesses

/// A process of `seedbank` under way.
struct Running {
  let process: ChildProcess
  let arguments: [String]

  /// What it has printed so far.
  var outputSoFar: String { process.output }
  var talkSoFar: String { process.errorOutput }

  var identifier: Int32 { process.identifier }

  func signal(_ number: Int32) { process.signal(number) }

  func end() async throws -> Harness.Outcome {
    let end = try await process.end()
    return Harness.Outcome(
      arguments: arguments, status: end.status, standardOutput: end.standardOutput,
      standardError: end.standardError)
  }
}

/// Where the build put the programs: beside the test bundle.
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
