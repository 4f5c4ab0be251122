import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankSync

/// A Cog server has no jobs that can be polled.
///
/// The same request can be sent again without a charge.
@Suite("A request to a Cog server")
struct CogTests {
  private func withCog(
    _ rules: [Rule], _ body: (Workbench, GenerationID) async throws -> Void
  ) async throws {
    let service = try #require(ServiceCase.all.first { $0.name == "cog" })
    try await Workbench.with(Script(rules + ServiceCase.quick)) { bench in
      try await body(bench, try bench.record(service))
      try await bench.expectSound()
    }
  }

  @Test("gets its image in the reply, without a poll")
  func image() async throws {
    try await withCog([]) { bench, id in
      try await bench.sync()
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete, "\(generation.failure?.message ?? "")")
      #expect(generation.images.count == 1 && generation.jobID == nil)
      let ledger = await bench.gateway.ledger
      #expect(ledger.submits == 1 && ledger.polls == 0 && ledger.downloads == 0)
      // The recorded reply has the digest of the image, and is still a reply with an image.
      let reply = try #require(try bench.library.recordedReplies(of: id).submit)
      let digest = try #require(generation.images.first?.digest.description)
      #expect(Offers.read(reply)?.images.map(\.source) == [.stored(digest)])
    }
  }

  @Test("is sent again while its prediction is running, until the reply has the image")
  func running() async throws {
    let rules = [
      Rule(on: .submit, nth: 1, Behaviour(connection: .closeAfterRequest)),
      Rule(
        on: .submit, nth: 2,
        Behaviour(answer: Answer(202, body: #"{"id":"p","status":"processing","logs":""}"#))),
    ]
    try await withCog(rules) { bench, id in
      try await bench.sync()
      #expect(try bench.status(id) == .complete)
      let ledger = await bench.gateway.ledger
      #expect(ledger.submits == 3 && ledger.charges.count == 1)
    }
  }

  @Test("waits while the server makes other predictions")
  func busy() async throws {
    let body = #"{"error":"At capacity - all prediction slots busy","status":"failed"}"#
    let rule = Rule(on: .submit, until: 2, Behaviour(answer: Answer(409, body: body)))
    try await withCog([rule]) { bench, id in
      try await bench.sync()
      #expect(try bench.status(id) == .complete)
      let ledger = await bench.gateway.ledger
      #expect(ledger.submits == 3 && ledger.charges.count == 1)
    }
  }

  @Test("is sent by a watch after an outage, when the server answers a poll by refusing it")
  func outage() async throws {
    let down = Rule(on: .submit, until: 3, Behaviour(refusal: .unavailable))
    try await withCog([down]) { bench, id in
      let service = try #require(ServiceCase.all.first { $0.name == "cog" })
      let next = try bench.record(service, "a harbour")
      var settings = Workbench.quick
      settings.jobs = 1
      let stop = StopSwitch()
      let rounds = Atomic(0)
      let gateway = bench.lazyGateway()
      let engine = try SyncEngine(
        bench.library, gateway: gateway, settings: settings, in: Workbench.withoutPauses())
      _ = try await engine.watch(until: stop) { report in
        let round = rounds.add(1, ordering: .relaxed).newValue
        if report.counts[.complete] == 1 || round == 20 { stop.turnOn() }
      }
      await gateway.shutdown()
      #expect(try bench.status(id) == .unknown && bench.status(next) == .complete)
      #expect(await bench.gateway.ledger.charges.count == 1)
    }
  }

  @Test("fails with its prediction, which is not made again")
  func failed() async throws {
    let plan = GatewaySimulator.JobPlan(statuses: ["failed"])
    try await withCog([Rule(on: .submit, Behaviour(job: plan))]) { bench, id in
      try await bench.sync()
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .failed)
      #expect(generation.failure?.message.contains("timed out") == true)
      #expect(await bench.gateway.ledger.submits == 1)
    }
  }

  @Test(
    "that an earlier version recorded as a job, and polled, is sent again once",
    .timeLimit(.minutes(3)))
  func earlierVersion() async throws {
    try await withCog([]) { bench, id in
      let base = bench.gateway.url(of: "replicate")
      try bench.library.advance(id, .submit(to: base, account: nil), at: Workbench.now())
      let reply = Array(#"{"id":"p","status":"starting"}"#.utf8)
      try bench.library.advance(id, .accepted(jobID: "p", reply: reply), at: Workbench.now())
      let refusal = Array(#"{"detail":"Method Not Allowed"}"#.utf8)
      try bench.library.keepPollReply(refusal, of: id)
      #expect(try bench.status(id) == .pending)
      try await bench.sync()
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete && generation.jobID == nil)
      let ledger = await bench.gateway.ledger
      #expect(ledger.submits == 1 && ledger.polls == 0)
    }
  }
}
