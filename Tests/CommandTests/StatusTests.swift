import Foundation
import SeedbankModel
import SeedbankStorage
import Testing

@Suite("The state of the library")
struct StatusTests {
  @Test("without arguments and without a library, three lines name three commands to begin with")
  func firstRun() async throws {
    let harness = try Harness()
    let outcome = try await harness.succeed()
    #expect(outcome.lines.count == 3, "\(outcome)")
    for (line, command) in zip(outcome.lines, ["key set", "generate ", "import "]) {
      #expect(line.hasPrefix("`seedbank \(command)"), "\(outcome)")
    }
    #expect(outcome.output.contains(harness.library.path) && outcome.talk.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test("without arguments, an existing library is summed up in three lines")
  func brief() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", shade: 1)
    let outcome = try await harness.succeed()
    #expect(outcome.lines.count == 3 && outcome.output.contains("1 generation,"), "\(outcome)")
  }

  @Test("status counts queued, unknown, held and lost generations, and shows the last sync")
  func status() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      let before = try await bench.succeed("status", "--format", "json").output
      #expect(before.contains(#""queued":1"#) && before.contains(#""last_sync":null"#), "\(before)")
      try await bench.succeed("sync")
      let after = try await bench.succeed("status", "--format", "json").output
      #expect(after.contains(#""queued":0"#) && after.contains(#""last_sync":"2"#), "\(after)")
      let text = try await bench.succeed("status").output
      for name in ["queued", "unknown", "held", "lost", "last sync", "disk"] {
        #expect(text.contains(name), "\(text)")
      }
    }
  }
}
