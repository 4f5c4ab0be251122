import GatewaySimulator
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

/// Tests of the table of replies to a submit, over real HTTP.
///
/// They check the status of the generation, the queue, and the charges.
@Suite("A submit that is answered badly")
struct SubmitFaultTests {
  @Test(
    "fails permanently if it is refused",
    arguments: [
      (.badRequest, "bad-request"), (.badRequestMaker, "bad-request"),
      (.sensitivePrompt, "moderation"), (.sensitiveImage, "moderation"),
      (.riskDetected, "moderation"), (.modelNotFound, "model-not-found"), (.okWithError, "refused"),
      (.okWithoutSuccess, "refused"),
    ] as [(GatewaySimulator.Refusal, String)])
  func refused(_ refusal: GatewaySimulator.Refusal, _ code: String) async throws {
    try await Workbench.with(Script([Rule(on: .submit, nth: 1, Behaviour(refusal: refusal))])) {
      bench in
      var settings = Workbench.quick
      settings.jobs = 1
      let ids = try bench.record(count: 2)
      let report = try await bench.sync(settings)
      // A refused request does not stop the other one.
      #expect(report.counts == [.failed: 1, .complete: 1])
      #expect(report.grade == .unavailable)
      #expect(try bench.failure(ids[0]) == code)
      #expect(report.reasons.map(\.code) == [code])
      try await bench.sync()
      #expect(await bench.gateway.ledger.submits == 2)
      try await bench.expectSound()
    }
  }

  @Test(
    "stops the queue if the key or the quota is the cause, and loses nothing",
    arguments: [
      (.unauthorized, .keyRefused), (.unauthorizedFront, .keyRefused),
      (.unauthorizedMaker, .keyRefused), (.paymentRequired, .keyRefused),
      (.forbidden, .keyRefused), (.accessDenied, .keyRefused), (.quotaExceeded, .unfinished),
      (.setLimitExceeded, .unfinished), (.outOfCallVolume, .unfinished),
      (.outOfCallVolumeForDays, .unfinished), (.retryTomorrow, .unfinished),
      (.insufficientBalance, .keyRefused), (.billingHardLimit, .keyRefused),
      (.insufficientQuota, .keyRefused), (.notFound, .unavailable),
      (.endpointNotFound, .unavailable), (.pageForbidden, .unavailable),
      (.pageNotFound, .unavailable), (.pageNotAllowed, .unavailable),
      (.pageProxyAuthentication, .unavailable), (.pageBadRequest, .unavailable),
      (.redirectKeepingMethod, .unavailable), (.redirectForGood, .unavailable),
    ] as [(GatewaySimulator.Refusal, BatchGrade)])
  func stops(_ refusal: GatewaySimulator.Refusal, _ grade: BatchGrade) async throws {
    try await Workbench.with(Script([Rule(on: .submit, Behaviour(refusal: refusal))])) { bench in
      try bench.record(count: 20)
      let report = try await bench.sync()
      #expect(report.counts == [.queued: 20])
      #expect(report.grade == grade)
      // Only the requests that were sent before the stop reach the gateway.
      #expect(await bench.gateway.ledger.submits <= 4)
      #expect(await bench.gateway.ledger.charges.isEmpty)
      await bench.gateway.follow(Script())
      #expect(try await bench.sync().counts == [.complete: 20])
      try await bench.expectSound()
    }
  }

  @Test("shows when the quota resets")
  func quotaUntil() async throws {
    try await Workbench.with(Script([Rule(on: .submit, Behaviour(refusal: .outOfCallVolume))])) {
      bench in
      try bench.record()
      let stop = try await bench.sync().stop
      guard case .quotaExhausted(let notice) = stop, let until = notice.until else {
        Issue.record("stopped by \(String(describing: stop))")
        return
      }
      let expected = 5 * 3600 + 4 * 60 + 3.0
      #expect(abs(until.timeIntervalSince1970 - Workbench.now().seconds - expected) < 60)
    }
  }

  @Test(
    "waits and sends again if it was certainly not accepted",
    arguments: [
      .tooManyRequests, .tooManyRequestsMaker, .retryInThePast, .retryNonsense, .retryAtOnce,
    ] as [GatewaySimulator.Refusal])
  func throttled(_ refusal: GatewaySimulator.Refusal) async throws {
    let script = Script([Rule(on: .submit, until: 3, Behaviour(refusal: refusal))])
    try await Workbench.with(script) { bench in
      try bench.record(count: 6)
      #expect(try await bench.sync().counts == [.complete: 6])
      try await bench.expectSound()
    }
  }

  @Test("keeps to a Retry-After in seconds and as a date, all workers together")
  func retryAfter() async throws {
    for refusal in [GatewaySimulator.Refusal.retryInSeconds, .retryAtDate, .tooManyRequestsFront] {
      let script = Script([Rule(on: .submit, nth: 1, Behaviour(refusal: refusal))])
      try await Workbench.with(script) { bench in
        try bench.record(count: 5)
        let begun = ContinuousClock.now
        #expect(try await bench.sync().counts == [.complete: 5])
        #expect(ContinuousClock.now - begun >= .milliseconds(900))
        #expect(bench.seen.count { if case .paused = $0 { true } else { false } } == 1)
        try await bench.expectSound()
      }
    }
  }

  @Test("ends the run if the gateway asks for a longer pause than the run waits")
  func absurdWait() async throws {
    try await Workbench.with(Script([Rule(on: .submit, Behaviour(refusal: .retryAbsurd))])) {
      bench in
      try bench.record(count: 3)
      let report = try await bench.sync()
      #expect(report.counts == [.queued: 3])
      #expect(report.grade == .unfinished)
      guard case .throttled = report.stop else {
        Issue.record("stopped by \(String(describing: report.stop))")
        return
      }
    }
  }

  @Test(
    "has an unknown outcome if it may have been accepted, and is repeated only on request",
    arguments: [
      .serverError, .serverErrorMaker, .badGateway, .unavailable, .gatewayTimeout, .unknownOrigin,
      .originDown, .originTimeout, .okWithMakerError, .successAlone, .emptyObject, .emptyBody,
      .unreadable, .page, .redirect, .found, .seeOther, .okWithInternalError,
    ] as [GatewaySimulator.Refusal])
  func unknown(_ refusal: GatewaySimulator.Refusal) async throws {
    try await Workbench.with(Script([Rule(on: .submit, nth: 1, Behaviour(refusal: refusal))])) {
      bench in
      let id = try bench.record()[0]
      let report = try await bench.sync()
      #expect(report.counts == [.unknown: 1])
      #expect(report.grade == .unavailable)
      #expect(try await bench.sync().isEmpty)
      #expect(await bench.gateway.ledger.submits == 1)
      #expect(try await bench.sync(retryUnknown: true).counts == [.complete: 1])
      #expect(try bench.library.generation(id)?.parameters.seed == 100)
      try await bench.expectSound(paidTwice: true)
    }
  }

  @Test(
    "has an unknown outcome if the connection ends after it was sent",
    arguments: [
      .closeAfterRequest, .resetAfterRequest, .stall, .cutReply, .cutHeaders, .closeAfterHeaders,
    ] as [GatewaySimulator.ConnectionFault])
  func connectionLost(_ fault: GatewaySimulator.ConnectionFault) async throws {
    try await Workbench.with(Script([Rule(on: .submit, nth: 1, Behaviour(connection: fault))])) {
      bench in
      var client = GatewaySettings()
      if fault == .stall { client.submitTimeout = .seconds(1) }
      try bench.record()
      #expect(try await bench.sync(client: client).counts == [.unknown: 1])
      #expect(try await bench.sync(client: client).isEmpty)
      // On a busy machine, the time may end before the gateway has read the request.
      #expect(await bench.gateway.ledger.submits <= 1)
      try await bench.expectSound()
    }
  }

  @Test("is sent again if no connection was established, and stays queued without any connection")
  func unreachable() async throws {
    let script = Script([Rule(on: .connection, until: 2, Behaviour(connection: .closeAtOnce))])
    try await Workbench.with(script) { bench in
      let report = try await bench.sync(base: "http://127.0.0.1:1")
      #expect(report.isEmpty)
      try bench.record(count: 6)
      let stopped = try await bench.sync(base: "http://127.0.0.1:1")
      #expect(stopped.counts == [.queued: 6])
      #expect(stopped.stop == .unreachable(.refused))
      #expect(stopped.grade == .unavailable)
      // The requests were recorded for this gateway, tried at another one, and then sent to this
      // one.
      let report2 = try await bench.sync()
      #expect(report2.counts[.complete, default: 0] + report2.counts[.unknown, default: 0] == 6)
      try await bench.expectSound()
    }
  }
}
