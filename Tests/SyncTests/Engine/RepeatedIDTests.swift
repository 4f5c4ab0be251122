import GatewaySimulator
import SeedbankModel
import Testing

@testable import SeedbankSync

@Suite("A generation that is named twice")
struct RepeatedIDTests {
  @Test("is sent and counted once, although two workers are free")
  func once() async throws {
    try await Workbench.with(latency: 0.2) { bench in
      let id = try bench.record()[0]
      var settings = Workbench.quick
      settings.jobs = 2
      let report = try await bench.sync(settings, scope: .only([id, id]))
      #expect(report.counts == [.complete: 1])
      #expect(try bench.status(id) == .complete)
      #expect(await bench.gateway.ledger.charges.count == 1)
      try await bench.expectSound()
    }
  }

  @Test("is refused by the list of active generations until it is finished")
  func active() {
    let active = ActiveGenerations()
    let id = GenerationID(5)
    #expect(active.begin(id))
    #expect(!active.begin(id))
    #expect(active.begin(GenerationID(6)))
    active.end(id, isSettled: false)
    #expect(!active.begin(id) && !active.isIdle)
    active.end(GenerationID(6), isSettled: true)
    #expect(active.isIdle)
    #expect(active.begin(GenerationID(6)))
  }
}
