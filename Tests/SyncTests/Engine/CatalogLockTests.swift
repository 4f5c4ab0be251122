import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A catalog that another process holds locked", .timeLimit(.minutes(5)))
struct CatalogLockTests {
  @Test("blocks no thread: time limits, other replies and a clean stop still work")
  func underWay() async throws {
    let rules = [
      Rule(on: .submit, promptContains: "silent", Behaviour(connection: .stall)),
      Rule(on: .submit, Behaviour(wait: 1)),
    ]
    try await Workbench.with(Script(rules)) { bench in
      try bench.record("silent", seed: 900)
      // More replies arrive at the same time than there are threads.
      let count = 12
      try bench.record("a lighthouse", count: count)
      var settings = Workbench.quick
      settings.jobs = count + 1
      settings.unprovenSubmits = count + 1
      settings.lockPatience = .seconds(600)
      var client = GatewaySettings()
      client.submitTimeout = .seconds(25)
      let stop = StopSwitch()
      let (sent, isSent) = AsyncStream.makeStream(of: Void.self)
      async let report = bench.sync(
        settings, client: client, stop: stop,
        onEvent: { event in
          if case .submitting(GenerationID(1)) = event { isSent.yield() }
        })
      for await _ in sent { break }
      let lock = try await CatalogLock.hold(bench.library.folder.catalog.text)
      // Only its time limit closes the connection of the silent request.
      while await bench.gateway.ledger.submitsUnderWay > 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      stop.turnOn()
      #expect(try bench.status(GenerationID(1)) == .submitting)
      try await lock.release()
      let counts = try await report.counts
      #expect(try await report.stop == .interrupted)
      #expect(counts[.unknown] == 1)
      #expect(counts[.submitting] == nil)
      let charges = await bench.gateway.ledger.charges.count
      // The requests that were charged were recorded; the others were not sent.
      #expect(counts[.queued, default: 0] == count + 1 - charges)
      #expect(try await bench.sync().counts == [.complete: count])
      try await bench.expectSound()
    }
  }

  @Test("does not delay a stop if nothing was sent yet, and no request is sent")
  func notSent() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 6)
      let lock = try await CatalogLock.hold(bench.library.folder.catalog.text)
      let stop = StopSwitch()
      // With one slot, only the mark of a request, which waits for the catalog, sleeps.
      var settings = Workbench.quick
      settings.jobs = 1
      settings.lockPatience = .seconds(120)
      let (waits, isWaiting) = AsyncStream.makeStream(of: Void.self)
      let world = Dependencies(
        now: { Workbench.now() }, uptime: { ContinuousClock.now - Workbench.start },
        sleep: { length in
          isWaiting.yield()
          try await Task.sleep(for: length)
        }, random: { UInt64.random(in: .min ... .max) })
      async let report = bench.sync(settings, stop: stop, world: world)
      for await _ in waits { break }
      stop.turnOn()
      // The lock is held until the run has ended.
      #expect(try await report.counts == [.queued: 6])
      #expect(try await report.stop == .interrupted)
      #expect(await bench.gateway.ledger.submits == 0)
      try await lock.release()
      #expect(try await bench.sync().counts == [.complete: 6])
    }
  }

  @Test("for too long stops the run, and the next one continues")
  func patience() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 3)
      let lock = try await CatalogLock.hold(bench.library.folder.catalog.text)
      var settings = Workbench.quick
      settings.lockPatience = .milliseconds(50)
      let report = try await bench.sync(settings)
      #expect(report.stop == .local(.busy(path: bench.library.folder.catalog)))
      #expect(report.grade == .unfinished)
      try await lock.release()
      #expect(try await bench.sync().counts == [.complete: 3])
      try await bench.expectSound()
    }
  }
}
