import FilePaths
import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

/// Reference images that a service takes only as uploads.
@Suite("The upload of a reference image", .timeLimit(.minutes(5)))
struct UploadTests {
  /// Records requests with an image of 1,500 bytes in each of its rows.
  @discardableResult
  private func record(
    _ bench: Workbench, height: Int = 1_000, prompts: Int = 1
  ) throws -> [GenerationID] {
    let path = bench.folder + "/reference.bmp"
    try Data(Bitmap.bytes(width: 500, height: height)).write(
      to: URL(fileURLWithPath: path))
    let storage = try #require(try ReferenceStorage(bench.library))
    let image = try storage.take(
      FilePath(path), as: "reference", position: 1, by: ReferenceRule(0...10, .data))
    let template = RequestTemplate(
      parameters: RequestParameters(
        model: "bytedance/seedream-4", size: .preset(.two),
        references: [.stored(digest: image.digest.description)]),
      count: prompts,
      provider: try .named("replicate", base: bench.gateway.url(of: "replicate")),
      references: [image])
    var dice = SystemRandomNumberGenerator()
    return try bench.library.record(
      template.drafts(
        for: PromptEntry(line: 1, prompt: "a lighthouse"), at: Workbench.now(), using: &dice))
  }

  @Test("comes before the request, which names its link, and several requests share it")
  func shared() async throws {
    try await Workbench.with(Script(ServiceCase.quick)) { bench in
      let ids = try record(bench, prompts: 2)
      var settings = Workbench.quick
      settings.jobs = 1
      try await bench.sync(settings)
      for id in ids {
        let generation = try #require(try bench.library.generation(id))
        #expect(generation.status == .complete, "\(generation.failure?.message ?? "")")
        #expect(generation.provider.sentDigest != nil)
        let body = try #require(try bench.library.requestBody(of: id))
        #expect(String(decoding: body, as: UTF8.self).contains("sha256:"))
      }
      let ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 1 && ledger.charges.count == 2 && ledger.keyLeaks.isEmpty)
      #expect(ledger.charges.allSatisfy { $0.body.contains("/v1/files/") })
    }
  }

  @Test("is not needed for a small image")
  func small() async throws {
    try await Workbench.with(Script(ServiceCase.quick)) { bench in
      let id = try record(bench, height: 600)[0]
      try await bench.sync()
      #expect(try bench.status(id) == .complete)
      #expect(await bench.gateway.ledger.uploads == 0)
    }
  }

  @Test(
    "that fails leaves the request queued or refused, without a charge",
    arguments: [
      (GatewaySimulator.Refusal.serverError, Status.complete), (.pageBadRequest, .complete),
      (.tooManyRequests, .complete), (.emptyObject, .complete), (.page, .complete),
      (.unauthorized, .queued), (.paymentRequired, .queued), (.badRequest, .failed),
      (.redirectKeepingMethod, .queued), (.found, .complete),
    ])
  func refused(_ refusal: GatewaySimulator.Refusal, _ expected: Status) async throws {
    let rule = Rule(on: .upload, limit: 1, Behaviour(refusal: refusal))
    try await Workbench.with(Script([rule] + ServiceCase.quick)) { bench in
      let id = try record(bench)[0]
      try await bench.syncInHurry(id)
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == expected, "\(generation.failure?.message ?? "")")
      #expect(await bench.gateway.ledger.charges.count == (expected == .complete ? 1 : 0))
      try await bench.expectSound()
    }
  }

  @Test(
    "an interrupted upload is repeated",
    arguments: [
      GatewaySimulator.ConnectionFault.closeAfterRequest, .resetAfterRequest, .cutReply,
      .closeAfterHeaders,
    ])
  func interrupted(_ fault: GatewaySimulator.ConnectionFault) async throws {
    let rule = Rule(on: .upload, limit: 1, Behaviour(connection: fault))
    try await Workbench.with(Script([rule] + ServiceCase.quick)) { bench in
      let id = try record(bench)[0]
      try await bench.syncInHurry(id)
      #expect(try bench.status(id) == .complete)
      #expect(await bench.gateway.ledger.charges.count == 1)
      try await bench.expectSound()
    }
  }

  @Test("loses nothing and pays nothing twice if the process is killed before the request")
  func killed() async throws {
    // The upload arrives, and its reply never comes.
    let stall = Rule(on: .upload, nth: 1, Behaviour(connection: .stall))
    try await Workbench.with(Script([stall] + ServiceCase.quick)) { bench in
      let id = try record(bench)[0]
      let stop = StopSwitch()
      let killed = Task { _ = try? await bench.sync(stop: stop) }
      while await bench.gateway.ledger.uploads == 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(try bench.status(id) == .queued)
      try bench.forgetClaims()
      let other = try Library.open(bench.library.folder, for: .writing)
      try await bench.sync(in: other)
      #expect(try bench.status(id) == .complete)
      let ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 2 && ledger.charges.count == 1)
      try await bench.expectSound()
      await bench.gateway.stop()
      stop.turnOn()
      await killed.value
    }
  }

  @Test("is repeated, and pays once, if the process is killed before the request is marked")
  func killedBeforeTheMark() async throws {
    try await Workbench.with(Script(ServiceCase.quick)) { bench in
      let id = try record(bench)[0]
      // The upload has ended, and the mark waits for the catalog. The engine never continues from there.
      let lock = try await CatalogLock.hold(bench.library.folder.catalog.text)
      let (waits, isWaiting) = AsyncStream.makeStream(of: Void.self)
      let world = Dependencies(
        now: { Workbench.now() }, uptime: { ContinuousClock.now - Workbench.start },
        sleep: { _ in
          isWaiting.yield()
          try await Task.sleep(for: .seconds(86_400))
        }, random: { UInt64.random(in: .min ... .max) })
      let stop = StopSwitch()
      let killed = Task { _ = try? await bench.sync(stop: stop, world: world) }
      for await _ in waits { break }
      let before = await bench.gateway.ledger
      #expect(before.uploads == 1 && before.submits == 0)
      #expect(try bench.status(id) == .queued)
      try bench.forgetClaims()
      try await lock.release()
      let other = try Library.open(bench.library.folder, for: .writing)
      try await bench.sync(in: other)
      #expect(try bench.status(id) == .complete)
      let ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 2 && ledger.submits == 1 && ledger.charges.count == 1)
      try await bench.expectSound()
      await bench.gateway.stop()
      stop.turnOn()
      await killed.value
    }
  }

  @Test("is repeated only with the request, if the process is killed after the mark")
  func killedAfterTheMark() async throws {
    let trap = StepTrap(at: .submitMarked)
    try await Workbench.with(Script(ServiceCase.quick), onStep: trap.pass) { bench in
      let id = try record(bench)[0]
      let stop = StopSwitch()
      let killed = Task {
        _ = try? await bench.sync(stop: stop)
        trap.missed()
      }
      #expect(await trap.isHeld(), "the step was not met")
      try bench.forgetClaims()
      let other = try Library.open(bench.library.folder, for: .writing)
      // It is unknown whether the request was sent. It is sent again only if the user asks for it.
      for _ in 0..<2 {
        try await bench.sync(in: other)
        #expect(try bench.status(id) == .unknown)
        let ledger = await bench.gateway.ledger
        #expect(ledger.uploads == 1 && ledger.submits == 0)
      }
      try await bench.sync(retryUnknown: true, in: other)
      #expect(try bench.status(id) == .complete)
      let ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 2 && ledger.submits == 1 && ledger.charges.count == 1)
      try await bench.expectSound()
      await bench.gateway.stop()
      stop.turnOn()
      trap.open()
      await killed.value
    }
  }

  @Test(
    "starts while the previous reply is recorded, because a slot is free when a reply has arrived",
    .timeLimit(.minutes(3)))
  func duringRecord() async throws {
    let trap = StepTrap(at: .replyRecorded)
    try await Workbench.with(Script(ServiceCase.quick), onStep: trap.pass) { bench in
      try bench.record("first")
      try record(bench)
      var settings = Workbench.quick
      settings.jobs = 1
      async let report = bench.sync(settings)
      // After an error the run must end too, because the test waits for it.
      defer { trap.open() }
      #expect(await trap.isHeld(), "the step was not met")
      while await bench.gateway.ledger.uploads == 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(await bench.gateway.ledger.submits == 1)
      trap.open()
      #expect(try await report.counts == [.complete: 2])
      try await bench.expectSound()
    }
  }

  @Test("is used again by a request that is refused for a moment")
  func throttled() async throws {
    let refusal = Rule(on: .submit, nth: 1, Behaviour(refusal: .tooManyRequests))
    try await Workbench.with(Script([refusal] + ServiceCase.quick)) { bench in
      let id = try record(bench)[0]
      try await bench.syncInHurry(id)
      #expect(try bench.status(id) == .complete)
      let ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 1 && ledger.submits == 2 && ledger.charges.count == 1)
      try await bench.expectSound()
    }
  }

  @Test("ends at once when the run is stopped")
  func stopped() async throws {
    let stall = Rule(on: .upload, Behaviour(connection: .stall))
    try await Workbench.with(Script([stall] + ServiceCase.quick)) { bench in
      let id = try record(bench)[0]
      let stop = StopSwitch()
      let run = Task { try await bench.sync(stop: stop) }
      while await bench.gateway.ledger.uploads == 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      stop.turnOn()
      let report = try await run.value
      #expect(report.stop == .interrupted)
      #expect(try bench.status(id) == .queued)
      #expect(await bench.gateway.ledger.charges.isEmpty)
    }
  }

  @Test("of several requests, stopped by the user, is not taken for an outage")
  func severalStopped() async throws {
    let stall = Rule(on: .upload, Behaviour(connection: .stall))
    try await Workbench.with(Script([stall] + ServiceCase.quick)) { bench in
      try record(bench, prompts: 4)
      var settings = Workbench.quick
      settings.outageTries = 3
      let stop = StopSwitch()
      let run = Task { [settings] in try await bench.sync(settings, stop: stop) }
      // As many requests as may run before the first one is answered.
      while await bench.gateway.ledger.uploads < settings.unprovenSubmits {
        try await Task.sleep(for: .milliseconds(5))
      }
      stop.turnOn()
      let report = try await run.value
      #expect(report.stop == .interrupted && report.counts == [.queued: 4])
      #expect(await bench.gateway.ledger.charges.isEmpty)
    }
  }

  @Test("does not let a later request of the list be sent before its own")
  func order() async throws {
    let slow = Rule(on: .upload, Behaviour(wait: 0.3))
    try await Workbench.with(Script([slow] + ServiceCase.quick)) { bench in
      let first = try record(bench)[0]
      let second = try bench.record("a harbour")[0]
      // Only the start of the first request ends the wait of the second one.
      let world = Dependencies(
        now: { Workbench.now() }, uptime: { ContinuousClock.now - Workbench.start },
        sleep: { length in
          let isLimit = length == SyncRun.longestStart
          let pause: Duration = isLimit ? .seconds(86_400) : length
          try await Task.sleep(for: pause)
        }, random: { UInt64.random(in: .min ... .max) })
      #expect(try await bench.sync(world: world).counts == [.complete: 2])
      let sent = bench.seen.compactMap { event -> GenerationID? in
        if case .submitting(let id) = event { id } else { nil }
      }
      #expect(sent == [first, second])
    }
  }
}

/// An image without compression, so that its size is chosen.
enum Bitmap {
  /// A BMP file of 24 bits per pixel.
  static func bytes(width: Int, height: Int) -> [UInt8] {
    let row = (width * 3 + 3) / 4 * 4
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let head: [UInt8] =
      Array("BM".utf8) + little(54 + row * height, 4) + little(0, 4) + little(54, 4)
      + little(40, 4) + little(width, 4) + little(height, 4) + little(1, 2) + little(24, 2)
      + little(0, 4) + little(row * height, 4) + little(2835, 4) + little(2835, 4) + little(0, 8)
    return head + [UInt8](repeating: 0x7F, count: row * height)
  }
}
