import Foundation
import SeedbankModel
import SeedbankStorage
import Testing

@Suite("A request of the live page for several models")
struct PageSeedTests {
  @Test("has a random seed only for the models that take one, and a given seed is refused")
  func models() async throws {
    try await SyncHarness.with { bench in
      try bench.configureProviders()
      bench.harness.environment["SEEDBANK_PROVIDER"] = "openai"
      try await bench.succeed("init")
      let models = #""vary":["model=gpt-image-1,a-model-that-is-not-listed"]"#
      let outcome = try await bench.shell(
        PageRequestTests.script(
          servers: 1,
          """
          call "$url1" generations --data '{"prompt":"a",\(models)}'
          echo
          call "$url1" generations --data '{"prompt":"b","seed":5,\(models)}'
          """))
      #expect(outcome.lines.count == 2, "\(outcome)")
      #expect(outcome.lines.first?.hasPrefix(#"{"ids":[1,2],"#) == true, "\(outcome)")
      #expect(outcome.lines.last?.contains("does not support seed") == true, "\(outcome)")
      let recorded = try bench.openLibrary().generations([GenerationID(1), GenerationID(2)])
      #expect(recorded.map { $0.parameters.seed == nil } == [true, false])
    }
  }
}
