import Foundation
import GatewaySimulator
import Testing

@Suite("A stop while a reference image is downloaded")
struct ReferenceStopTests {
  @Test("ends the download, and nothing is recorded or sent")
  func stopped() async throws {
    let stall = Rule(on: .download, Behaviour(connection: .stall))
    try await SyncHarness.with(Script([stall])) { bench in
      try bench.configureProviders()
      let running = try await bench.harness.start([
        "generate", "a cat", "--provider", "ark", "--model", "seedream-4-0-250828", "--size", "1K",
        "--reference", "\(bench.gateway.baseURL)/images/a.png",
      ])
      try await running.wait { await bench.gateway.ledger.downloads > 0 }
      running.signal(SIGINT)
      let outcome = try await running.end()
      #expect(outcome.status == 75, "\(outcome)")
      #expect(outcome.talk.contains("nothing was recorded"), "\(outcome)")
      #expect(try await bench.succeed("search", "--count").output == "0\n")
      try await bench.succeed("sync")
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }
}
