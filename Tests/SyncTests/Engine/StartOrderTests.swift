import GatewaySimulator
import SeedbankModel
import Synchronization
import Testing

@testable import SeedbankSync

@Suite("The first requests of a run", .timeLimit(.minutes(5)))
struct StartOrderTests {
  @Test("the first requests are sent in the order of the list")
  func order() async throws {
    try await Workbench.with(Script()) { bench in
      try bench.record(count: 4, seed: 500)
      let starts = Mutex(1)
      let simulator = bench.gateway
      let world = Dependencies(
        now: { Workbench.now() }, uptime: { ContinuousClock.now - Workbench.start },
        sleep: { length in
          guard length == SyncRun.startInterval else { return try await Task.sleep(for: length) }
          // The next request starts when the previous one has arrived, however busy the machine is.
          let expected = starts.withLock { starts in
            defer { starts += 1 }
            return starts
          }
          while await simulator.ledger.submits < expected {
            try await Task.sleep(for: .milliseconds(1))
          }
        }, random: { UInt64.random(in: .min ... .max) })
      var settings = Workbench.quick
      settings.jobs = 4
      let report = try await bench.sync(settings, world: world)
      #expect(report.counts == [.complete: 4])
      #expect(starts.withLock { $0 } == 4)
      let seeds = await simulator.ledger.charges.map(\.seed)
      #expect(seeds == [500, 501, 502, 503])
    }
  }
}
