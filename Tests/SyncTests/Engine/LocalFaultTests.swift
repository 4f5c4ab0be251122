import FilePaths
import Foundation
import GatewaySimulator
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A problem of this computer")
struct LocalFaultTests {
  @Test("stops the queue before anything is sent if the disk has too little space")
  func noDiskSpace() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 5)
      var settings = Workbench.quick
      settings.diskSpacePerSubmit = .max / 64
      let report = try await bench.sync(settings)
      guard case .noDiskSpace = report.stop else {
        Issue.record("stopped by \(String(describing: report.stop))")
        return
      }
      #expect(report.grade == .inputOutput)
      #expect(report.counts == [.queued: 5])
      #expect(await bench.gateway.ledger.submits == 0)
      #expect(try await bench.sync().counts == [.complete: 5])
    }
  }

  @Test("lets fewer requests run at a time if the disk has space for one result only")
  func roomForOne() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 6)
      var settings = Workbench.quick
      settings.jobs = 4
      settings.diskSpacePerSubmit = try bench.library.images.freeDiskSpace() / 3 * 2
      let report = try await bench.sync(settings)
      #expect(report.counts == [.complete: 6])
      #expect(await bench.gateway.ledger.peakSubmits == 1)
    }
  }

  @Test("stops the queue if a reply may contain more images than the disk has space for")
  func noDiskSpaceForReply() async throws {
    let service = ServiceCase(
      name: "openai", kind: "openai",
      parameters: RequestParameters(
        model: "gpt-image-1", size: .pixels(width: 1024, height: 1024), group: 2))
    try await Workbench.with(Script(ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      var settings = Workbench.quick
      settings.diskSpacePerSubmit = try bench.library.images.freeDiskSpace() / 3 * 2
      let report = try await bench.sync(settings)
      guard case .noDiskSpace = report.stop else {
        Issue.record("stopped by \(String(describing: report.stop))")
        return
      }
      #expect(report.counts == [.queued: 1])
      #expect(await bench.gateway.ledger.submits == 0)
      try await bench.sync()
      #expect(try bench.library.generation(id)?.images.count == 2)
    }
  }

  @Test("lets a finished job download while a request waits for disk space, also with one slot")
  func finishedJob() async throws {
    let job = Rule(on: .submit, Behaviour(accept: Acceptance(style: .job)))
    try await Workbench.with(Script([job])) { bench in
      let ids = try bench.record(count: 3)
      var settings = Workbench.quick
      settings.jobs = 1
      settings.pollingJobs = 3
      settings.diskSpacePerSubmit = try bench.library.images.freeDiskSpace() / 3 * 2
      let isFinished = DispatchSemaphore(value: 0)
      let stop = StopSwitch()
      // A run that does not end makes the test fail instead of blocking it.
      let limit = Task {
        try await Task.sleep(for: .seconds(120))
        stop.turnOn()
      }
      let report = try await bench.sync(settings, stop: stop) { event in
        switch event {
        case .offered(ids[0]): isFinished.signal()
        // The second request keeps the slot until the job of the first one is finished.
        case .submitting(ids[1]): _ = isFinished.wait(timeout: .now() + 60)
        default: break
        }
      }
      limit.cancel()
      #expect(report.counts == [.complete: 3])
      try await bench.expectSound()
    }
  }

  @Test("that prevents files in incoming stops the queue, which continues after a repair")
  func incoming() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 3)
      let incoming = bench.library.folder.incoming.text
      try FileManager.default.removeItem(atPath: incoming)
      try Data("in the way".utf8).write(to: URL(fileURLWithPath: incoming))
      let report = try await bench.sync()
      #expect(report.counts == [.queued: 3])
      #expect(report.grade == .cannotCreate || report.grade == .inputOutput)
      #expect(await bench.gateway.ledger.submits == 0)
      try FileManager.default.removeItem(atPath: incoming)
      // A missing folder is not an error: it is created again.
      #expect(try await bench.sync().counts == [.complete: 3])
      try await bench.expectSound()
    }
  }

  @Test("that kept a reply out of the catalog: only the provider's own service reads the reply")
  func keptReply() async throws {
    try await Workbench.with { bench in
      let service = try #require(ServiceCase.all.first { $0.name == "openai" })
      let id = try bench.record(service)
      let base = bench.gateway.url(of: "openai")
      try bench.library.advance(id, .submit(to: base, account: nil), at: Workbench.now())
      let image = Data(Bitmap.bytes(width: 20, height: 20)).base64EncodedString()
      let reply = #"{"created":1,"data":[{"b64_json":"\#(image)"}]}"#
      let attempt = try #require(try bench.library.workItem(id)).attempt
      try bench.library.images.keep(
        KeptReply(status: 200, body: Array(reply.utf8)), to: attempt)
      struct NotConfigured: Error {}
      let engine = try SyncEngine(
        bench.library, gateway: LazyGateway { _ in throw NotConfigured() },
        settings: Workbench.quick, in: Workbench.world)
      let report = try await engine.run(.all, until: StopSwitch())
      #expect(report.stop == .noClient(provider: "openai"))
      #expect(try bench.status(id) == .submitting)
      #expect(try await bench.sync().counts == [.complete: 1])
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }

  @Test("between an offer and its file makes no generation fail")
  func images() async throws {
    try await Workbench.with { bench in
      try bench.record(count: 3)
      let images = bench.library.folder.images.text
      try FileManager.default.removeItem(atPath: images)
      try Data().write(to: URL(fileURLWithPath: images))
      var settings = Workbench.quick
      settings.jobs = 1
      let report = try await bench.sync(settings)
      // While the first image is downloaded, the next request may be running; no other request is
      // sent.
      let ready = report.counts[.ready, default: 0]
      #expect((1...2).contains(ready))
      #expect(report.counts == [.ready: ready, .queued: 3 - ready])
      try FileManager.default.removeItem(atPath: images)
      #expect(try await bench.sync().counts == [.complete: 3])
      #expect(await bench.gateway.ledger.charges.count == 3)
      try await bench.expectSound()
    }
  }

  @Test("of the clock, a day back or forward, and a sleep through every deadline lose nothing")
  func clocks() async throws {
    for shift in [-86_400.0, 0, 86_400] {
      let plan = GatewaySimulator.JobPlan(statuses: ["pending"], missing: 2)
      let script = Script([
        Rule(on: .submit, Behaviour(accept: Acceptance(style: .job), job: plan))
      ])
      try await Workbench.with(script) { bench in
        try bench.record()
        var settings = Workbench.quick
        settings.patience = .milliseconds(150)
        #expect(try await bench.sync(settings).counts == [.pending: 1])
        await bench.gateway.follow(
          Script([
            Rule(on: .poll, Behaviour(job: .init(statuses: ["succeeded"])))
          ]))
        // The machine wakes up with another date, and every pause has ended.
        let late = Dependencies(
          now: { Workbench.now().advanced(bySeconds: shift) },
          uptime: { ContinuousClock.now - Workbench.start + .seconds(86_400) },
          sleep: { try await Task.sleep(for: $0) },
          random: { UInt64.random(in: .min ... .max) })
        settings.patience = .zero
        #expect(try await bench.sync(settings, world: late).counts == [.complete: 1])
      }
    }
  }
}
