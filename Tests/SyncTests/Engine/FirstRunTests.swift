import GatewaySimulator
import SeedbankStorage
import SeedbankSync
import Testing

@Suite("A run")
struct FirstRunTests {
  @Test(
    "completes a generation for every way in which an image is delivered",
    arguments: [
      Acceptance(), Acceptance(style: .base64), Acceptance(style: .job),
      Acceptance(style: .job, id: .taskID, image: true),
    ])
  func completes(_ acceptance: Acceptance) async throws {
    let script = Script([Rule(on: .submit, Behaviour(accept: acceptance))])
    try await Workbench.with(script) { bench in
      let id = try bench.record()[0]
      let report = try await bench.sync()
      #expect(report.counts == [.complete: 1])
      #expect(report.grade == .done)
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete)
      #expect(generation.images.map(\.width) == [512])
      #expect(generation.images[0].perceptualHash != nil)
      #expect(await bench.gateway.ledger.charges.count == 1)
      try await bench.expectSound()
    }
  }

  @Test("without work creates no client and prints nothing")
  func nothing() async throws {
    try await Workbench.with { bench in
      let report = try await bench.sync(base: "not an address")
      #expect(report.isEmpty)
      #expect(bench.seen.isEmpty)
      #expect(await bench.gateway.ledger.connections == 0)
    }
  }

  @Test("keeps to the number of parallel requests")
  func concurrency() async throws {
    // So long that requests are under way together on a busy machine too.
    try await Workbench.with(latency: 0.5) { bench in
      try bench.record(count: 12)
      var settings = Workbench.quick
      settings.jobs = 3
      let report = try await bench.sync(settings)
      #expect(report.counts == [.complete: 12])
      let peak = await bench.gateway.ledger.peakSubmits
      #expect((2...3).contains(peak))
      try await bench.expectSound()
    }
  }
}
