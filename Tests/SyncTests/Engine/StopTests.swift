import Foundation
import GatewaySimulator
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("Stopping, sharing and watching", .timeLimit(.minutes(5)))
struct StopTests {
  @Test("a stop waits for the running requests, and the others stay queued")
  func stop() async throws {
    try await Workbench.with(latency: 0.2) { bench in
      try bench.record(count: 12)
      let stop = StopSwitch()
      let report = try await bench.sync(
        stop: stop,
        onEvent: { if case .submitting = $0 { stop.turnOn() } })
      #expect(report.stop == .interrupted)
      #expect(report.grade == .unfinished)
      #expect(report.counts[.submitting] == nil && report.counts[.unknown] == nil)
      let charges = await bench.gateway.ledger.charges.count
      #expect(report.counts[.ready, default: 0] == charges)
      #expect(try await bench.sync().counts == [.complete: 12])
      try await bench.expectSound()
    }
  }

  @Test("two engines with separate claims share the work without doing any of it twice")
  func sharing() async throws {
    try await Workbench.with(latency: 0.2) { bench in
      try bench.record(count: 60)
      let other = try Library.open(bench.library.folder, for: .writing)
      let gateway = bench.lazyGateway()
      let engine = try SyncEngine(
        other, gateway: gateway, settings: Workbench.quick, in: Workbench.world)
      async let first = bench.sync()
      async let second = engine.run(.all, until: StopSwitch())
      let (one, two) = try await (first, second)
      await gateway.shutdown()
      #expect(one.counts[.complete, default: 0] + two.counts[.complete, default: 0] == 60)
      #expect(one.counts[.complete, default: 0] > 0 && two.counts[.complete, default: 0] > 0)
      #expect(await bench.gateway.ledger.charges.count == 60)
      try await bench.expectSound()
    }
  }

  @Test("a row that is marked as sent without a claim has an unknown outcome")
  func interrupted() async throws {
    try await Workbench.with { bench in
      let ids = try bench.record(count: 2)
      for id in ids {
        try bench.library.advance(id, .submit(to: bench.gateway.baseURL), at: Workbench.now())
      }
      let other = try Library.open(bench.library.folder, for: .writing)
      let held = try #require(try other.claims().claim(ids[1]))
      #expect(try await bench.sync().counts == [.unknown: 1])
      #expect(try bench.failure(ids[0]) == "interrupted")
      #expect(try bench.status(ids[1]) == .submitting)
      withExtendedLifetime(held) {}
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }

  /// Without the stop, the slow job would delay the end of the run by a minute.
  @Test("a watch sends requests of other processes, also during slow jobs, and ends on request")
  func watch() async throws {
    let slow = Rule(
      on: .submit, promptContains: "slow",
      Behaviour(accept: Acceptance(style: .job), job: .init(statuses: ["pending"])))
    try await Workbench.with(Script([slow])) { bench in
      try bench.record("slow")
      let stop = StopSwitch()
      let gateway = bench.lazyGateway()
      var settings = Workbench.quick
      settings.patience = .seconds(60)
      let engine = try SyncEngine(
        bench.library, gateway: gateway, settings: settings, in: Workbench.world,
        onEvent: { if case .settled = $0 { stop.turnOn() } })
      let watching = Task { try await engine.watch(until: stop) }
      while await bench.gateway.ledger.polls == 0 { try await Task.sleep(for: .milliseconds(5)) }
      let other = try Library.open(bench.library.folder, for: .writing)
      var randomSource = SystemRandomNumberGenerator()
      let added = try other.record(
        RequestTemplate().drafts(
          for: PromptEntry(line: 1, prompt: "new"), at: Workbench.now(), using: &randomSource))
      _ = try await watching.value
      await gateway.shutdown()
      #expect(try bench.status(added[0]) == .complete)
    }
  }

  @Test("a watch ends if the library is replaced, whose requests it would not see")
  func replacedLibrary() async throws {
    try await Workbench.with { bench in
      let gateway = bench.lazyGateway()
      let engine = try SyncEngine(
        bench.library, gateway: gateway, settings: Workbench.quick, in: Workbench.world)
      let watching = Task { try await engine.watch(until: StopSwitch()) }
      let catalog = bench.folder + "/catalog.sqlite"
      try FileManager.default.moveItem(atPath: catalog, toPath: catalog + ".old")
      let error = LibraryError.replaced(path: bench.library.folder.path)
      await #expect(throws: error) { try await watching.value }
      await gateway.shutdown()
    }
  }
}
