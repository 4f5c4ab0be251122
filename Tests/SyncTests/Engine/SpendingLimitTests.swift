import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankSync

@Suite("A limit on the cost of requests")
struct SpendingLimitTests {
  /// Settings whose limit is enough for two requests.
  private static var limited: SyncSettings {
    var settings = Workbench.quick
    settings.jobs = 1
    settings.maxCost = MoneyAmount(microunits: 250_000)
    settings.imagePrice = Cost(
      amount: MoneyAmount(microunits: 100_000), currency: "USD", isEstimated: true)
    return settings
  }

  @Test("holds for all rounds of a watch together")
  func watch() async throws {
    try await Workbench.with { bench in
      let ids = try bench.record(count: 6)
      let stop = StopSwitch()
      let rounds = Atomic(0)
      let gateway = bench.lazyGateway()
      let engine = try SyncEngine(
        bench.library, gateway: gateway, settings: Self.limited, in: Workbench.world,
        onEvent: { event in
          guard case .stopped(.budget, _) = event else { return }
          if rounds.add(1, ordering: .relaxed).newValue == 2 { return stop.turnOn() }
          // Each change of the catalog starts another round.
          try? bench.library.note(
            event: "note", detail: "an edit", on: ids[5], at: Workbench.now())
        })
      let report = try await engine.watch(until: stop)
      await gateway.shutdown()
      #expect(rounds.load(ordering: .relaxed) == 2 && report.stop != nil)
      #expect(await bench.gateway.ledger.charges.count == 2)
    }
  }

  @Test("is shared by engines with the same amount, and not by others")
  func engines() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 6)
      let gateway = bench.lazyGateway()
      func charges(after spent: SpentCost) async throws -> Int {
        let engine = try SyncEngine(
          bench.library, gateway: gateway, settings: Self.limited, spent: spent,
          in: Workbench.world)
        _ = try await engine.run(.all, until: StopSwitch())
        return await bench.gateway.ledger.charges.count
      }
      let spent = SpentCost()
      #expect(try await charges(after: spent) == 2)
      #expect(try await charges(after: spent) == 2)
      #expect(try await charges(after: SpentCost()) == 4)
      await gateway.shutdown()
    }
  }

  @Test("does not count a request that was refused")
  func refused() async throws {
    let refusal = Rule(on: .submit, until: 2, Behaviour(refusal: .badRequest))
    try await Workbench.with(Script([refusal])) { bench in
      try bench.record(count: 5)
      let report = try await bench.sync(Self.limited)
      #expect(report.counts == [.failed: 2, .complete: 2, .queued: 1])
    }
  }
}
