import Foundation
import GatewaySimulator
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("An image store that another process holds")
struct StoreLockTests {
  @Test("blocks no thread: time limits, other requests and a clean stop still work")
  func held() async throws {
    let stalled = Rule(
      on: .submit, promptContains: "silent", Behaviour(connection: .stall))
    try await Workbench.with(Script([stalled])) { bench in
      // There are more files at the same time than the pool has threads, and few are decoded.
      let count = ProcessInfo.processInfo.activeProcessorCount + 2
      try bench.record("a lighthouse", count: count)
      try bench.record("silent", seed: 900)
      var settings = Workbench.quick
      settings.jobs = count + 1
      (settings.downloadingJobs, settings.downloadsPerHost) = (count, count)
      var client = GatewaySettings()
      // The time is long enough for all other requests on a busy machine.
      client.submitTimeout = .seconds(20)
      let other = try Library.open(bench.library.folder, for: .writing)
      let held = try other.claimStore(for: .judging)
      let stop = StopSwitch()
      let report = try await bench.sync(
        settings, client: client, stop: stop,
        onEvent: { event in
          // The time limit of the silent request ends while all other generations wait for the
          // store.
          if case .settled(_, .unknown, _) = event { stop.turnOn() }
        })
      #expect(report.stop == .interrupted)
      #expect(report.counts[.unknown] == 1)
      #expect(report.counts[.complete] == nil)
      withExtendedLifetime(held) {}
      try await bench.expectSound()
    }
  }

  @Test("is waited for, and then all images are stored")
  func released() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 8)
      let other = try Library.open(bench.library.folder, for: .writing)
      let held = HeldClaim(try other.claimStore(for: .judging))
      let report = try await bench.sync(onEvent: { event in
        if case .downloading = event { held.release() }
      })
      #expect(report.counts == [.complete: 8])
    }
  }
}

/// A claim that is released from an event.
private actor HeldClaim {
  private var claim: Claim?

  init(_ claim: Claim) { self.claim = claim }

  nonisolated func release() { Task { await drop() } }

  private func drop() { claim = nil }
}
