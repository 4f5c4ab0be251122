import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A request in the trash")
struct TrashedRequestTests {
  @Test("is not sent by a run that read it before it was deleted")
  func duringRun() async throws {
    try await Workbench.with { bench in
      let ids = try bench.record(count: 2)
      var settings = Workbench.quick
      settings.jobs = 1
      let report = try await bench.sync(settings) { event in
        // The second request waits for the only slot.
        guard event == .submitting(ids[0]) else { return }
        _ = try? bench.library.edit(.trash, on: [ids[1]], by: "ana", at: Workbench.now())
      }
      #expect(report.counts == [.complete: 1] && report.stop == nil)
      #expect(try bench.status(ids[1]) == .queued)
      #expect(await bench.gateway.ledger.submits == 1)
      try bench.library.edit(.restore, on: [ids[1]], by: "ana", at: Workbench.now())
      #expect(try await bench.sync(settings).counts == [.complete: 1])
      #expect(await bench.gateway.ledger.submits == 2)
    }
  }

  @Test("is not sent if a run names it")
  func named() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      try bench.library.edit(.trash, on: [id], by: "ana", at: Workbench.now())
      let report = try await bench.sync(scope: .only([id]))
      #expect(report.counts.isEmpty && report.stop == nil)
      #expect(await bench.gateway.ledger.submits == 0)
      #expect(throws: LibraryError.trashed(id)) {
        try bench.library.advance(id, .submit(to: "https://a.example"), at: Workbench.now())
      }
    }
  }

  @Test("is not queued again if its outcome is unknown")
  func unknown() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      let failure = RecordedFailure(code: "c", message: "m")
      try bench.library.advance(id, .submit(to: bench.gateway.baseURL), at: Workbench.now())
      try bench.library.advance(id, .outcomeUnknown(failure, reply: nil), at: Workbench.now())
      try bench.library.edit(.trash, on: [id], by: "ana", at: Workbench.now())
      try await bench.sync(scope: .only([id]), retryUnknown: true)
      #expect(try bench.status(id) == .unknown)
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }
}
