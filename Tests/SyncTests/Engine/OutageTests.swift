import GatewaySimulator
import SeedbankProviders
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankSync

@Suite("An outage")
struct OutageTests {
  private static let down = Script([Rule(on: .submit, Behaviour(refusal: .unavailable))])

  @Test(
    "affects at most three requests, and the rest stays queued", arguments: [1, 4, 16])
  func fromTheStart(_ jobs: Int) async throws {
    try await Workbench.with(Self.down, latency: 0.02) { bench in
      try bench.record(count: 40)
      var settings = Workbench.quick
      settings.jobs = jobs
      let report = try await bench.sync(settings)
      #expect(report.counts == [.unknown: 3, .queued: 37])
      #expect(report.grade == .unavailable)
      guard case .outage(let unusableReply) = report.stop else {
        Issue.record("stopped by \(String(describing: report.stop))")
        return
      }
      #expect(unusableReply.kind == .unknownOutcome)
      #expect(await bench.gateway.ledger.submits == 3)
      await bench.gateway.follow(Script())
      #expect(try await bench.sync(settings).counts == [.complete: 37])
      try await bench.expectSound()
    }
  }

  /// Each of the seven other running requests can still be answered after the first failure, and then two more
  /// requests can fail; see "sends at most two requests after each answer" in QueueStateTests.
  @Test("in the middle of a batch stops it while most of the rest is queued")
  func inTheMiddle() async throws {
    let script = Script([Rule(on: .submit, from: 20, Behaviour(refusal: .badGateway))])
    try await Workbench.with(script, latency: 0.02) { bench in
      try bench.record(count: 60)
      var settings = Workbench.quick
      settings.jobs = 8
      let report = try await bench.sync(settings)
      #expect(report.counts[.unknown, default: 0] <= 8 + 2 + 2 * 7)
      #expect(report.counts[.complete] == 19)
      guard case .outage = report.stop else {
        Issue.record("stopped by \(String(describing: report.stop))")
        return
      }
    }
  }

  @Test("of a proxy or a firewall charges nothing and makes nothing fail")
  func foreignReplies() async throws {
    for status in [403, 405, 407] {
      let page = Rule(on: .submit, Behaviour(answer: Answer(status, .html)))
      try await Workbench.with(Script([page])) { bench in
        try bench.record(count: 10)
        let report = try await bench.sync()
        #expect(report.counts == [.queued: 10])
        #expect(report.grade == .unavailable)
        guard case .outage(let unusableReply) = report.stop else {
          Issue.record("stopped by \(String(describing: report.stop))")
          return
        }
        #expect(unusableReply.kind == .foreignReply)
        await bench.gateway.follow(Script())
        #expect(try await bench.sync().counts == [.complete: 10])
      }
    }
  }

  @Test("an outage of one or two requests stops nothing")
  func short() async throws {
    let script = Script([Rule(on: .submit, from: 3, until: 4, Behaviour(refusal: .badGateway))])
    try await Workbench.with(script) { bench in
      try bench.record(count: 12)
      var settings = Workbench.quick
      settings.jobs = 1
      #expect(try await bench.sync(settings).counts == [.unknown: 2, .complete: 10])
    }
  }

  @Test("lets running jobs finish")
  func jobsGoOn() async throws {
    let script = Script([
      Rule(
        on: .submit, until: 2,
        Behaviour(
          accept: Acceptance(style: .job),
          job: JobPlan(statuses: ["pending", "pending", "pending", "succeeded"]))),
      Rule(on: .submit, from: 3, Behaviour(refusal: .unavailable)),
    ])
    try await Workbench.with(script) { bench in
      try bench.record(count: 12)
      let report = try await bench.sync()
      #expect(report.counts[.complete] == 2)
      #expect(report.counts[.pending] == nil)
      #expect(report.counts[.queued, default: 0] >= 12 - 2 - 6)
    }
  }

  private typealias JobPlan = GatewaySimulator.JobPlan

  @Test("ends for a watch when a poll is answered; until then nothing is sent")
  func watch() async throws {
    let script = Script([
      Rule(on: .submit, Behaviour(refusal: .unavailable)),
      Rule(on: .poll, Behaviour(refusal: .unavailable)),
    ])
    try await Workbench.with(script) { bench in
      try bench.record(count: 10)
      let stop = StopSwitch()
      let rounds = Atomic(0)
      let gateway = bench.lazyGateway()
      let engine = try SyncEngine(
        bench.library, gateway: gateway, settings: Workbench.quick,
        in: Workbench.withoutPauses())
      let simulator = bench.gateway
      let report = try await engine.watch(until: stop) { report in
        let round = rounds.add(1, ordering: .relaxed).newValue
        if report.counts[.complete] == 7 { stop.turnOn() }
        if round == 4 { Task { await simulator.follow(Script()) } }
      }
      await gateway.shutdown()
      #expect(report.counts == [.complete: 7])
      let ledger = await bench.gateway.ledger
      #expect(ledger.submits == 3 + 7)
      #expect(ledger.polls >= 4)
      #expect(try bench.library.statusCounts() == [.unknown: 3, .complete: 7])
    }
  }
}
