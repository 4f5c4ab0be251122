import Foundation
import SeedbankProviders
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage
@testable import SeedbankSync

/// Tests of the planner as a table: the status of a row, and the results of calls.
@Suite("The plan of a job")
struct JobPlanTests {
  private func item(
    _ status: Status, job: String? = nil, reply: String? = nil, stored: Set<Int> = [],
    body: String = #"{"prompt":"x","seed":1}"#, kept: KeptReply? = nil, refusedRuns: Int = 0,
    fromPoll: Bool = false
  ) throws -> WorkItem {
    var randomSource = SystemRandomNumberGenerator()
    let time = Timestamp(milliseconds: 0)
    return WorkItem(
      id: GenerationID(1), uid: UID(at: time, using: &randomSource), status: status,
      requestBody: Array(body.utf8), gateway: "https://gateway.example",
      account: nil, jobID: job, provider: .original, references: [],
      replyBody: reply.map { Array($0.utf8) }, replyIsFromPoll: fromPoll, attempts: 1,
      since: time, submittedAt: time, storedPositions: stored, keptReply: kept,
      failureCode: nil, refusedRuns: refusedRuns, model: nil)
  }

  private func step(_ item: WorkItem, _ progress: JobProgress = JobProgress()) -> JobStep {
    let kept = item.keptReply.map { GenerationWorker.read($0, of: item, by: Pixazo()) }
    return JobPlan.step(for: item, progress, kept: kept)
  }

  private static let two =
    #"{"data":[{"url":"https://a.example/1"},{"url":"https://a.example/2"}]}"#

  @Test("starts with the state of the row")
  func steps() throws {
    #expect(try step(item(.queued)) == .submit)
    #expect(try step(item(.queued, body: "")) == .record(.fail(.noRequest, reply: nil)))
    #expect(try step(item(.submitting)) == .record(.outcomeUnknown(.interrupted, reply: nil)))
    // A reply that could not be stored in the catalog determines the next step.
    func kept(_ status: Int, _ body: String) throws -> JobStep {
      let reply = KeptReply(status: status, body: Array(body.utf8))
      return step(try item(.submitting, kept: reply))
    }
    #expect(
      try kept(200, Self.two)
        == .record(.offered(reply: Array(Self.two.utf8), jobID: nil, usage: nil)))
    let job = #"{"job_set_id":"j"}"#
    #expect(
      try kept(200, job) == .record(.accepted(jobID: "j", reply: Array(job.utf8))))
    #expect(try kept(429, "{}") == .record(.notSubmitted(reason: "too many requests")))
    #expect(try step(item(.pending, job: "j")) == .poll(jobID: "j"))
    #expect(try step(item(.pending)) == .record(.lose(.noJob)))
    for status in [Status.complete, .failed, .unknown, .lost] {
      #expect(try step(item(status)) == .leave(.settled))
    }
  }

  @Test("downloads offered images that are not stored, then completes")
  func offers() throws {
    func positions(_ stored: Set<Int>) throws -> [Int]? {
      let step = step(
        try item(.ready, reply: Self.two, stored: stored))
      guard case .fetch(let offers) = step else { return nil }
      return offers.map(\.position)
    }
    #expect(try positions([]) == [1, 2])
    #expect(try positions([1]) == [2])
    let all = try item(.ready, reply: Self.two, stored: [1, 2])
    #expect(step(all) == .record(.complete(shortfall: nil)))
    let junk = try item(.ready, reply: "junk")
    #expect(step(junk) == .record(.lose(.unreadableOffer)))
    let renewable = try item(.ready, job: "j", reply: "junk")
    #expect(
      step(renewable)
        == .record(.pollAgain(reason: "unreadable offer")))
  }

  @Test("polls a job again if the images of its recorded reply may be previews")
  func previews() throws {
    func isPolled(_ members: String, job: String? = "j", fromPoll: Bool = false) throws -> Bool {
      let reply = #"{"id":"j",\#(members)}"#
      let item = try item(.ready, job: job, reply: reply, fromPoll: fromPoll)
      return step(item) == .record(.pollAgain(reason: "the recorded images may be previews"))
    }
    let image = #""images":["https://a.example/preview"]"#
    #expect(try isPolled(#""status":"processing",\#(image)"#))
    #expect(try isPolled(#""status":"processing",\#(image)"#, fromPoll: true))
    #expect(try isPolled(#""status":"refining",\#(image)"#))
    #expect(try isPolled(#""url":"https://a.example/jobs/j""#))
    // These are results: by then, the job had brought no others.
    #expect(try !isPolled(#""status":"refining",\#(image)"#, fromPoll: true))
    #expect(try !isPolled(#""status":"succeeded",\#(image)"#))
    #expect(try !isPolled(#""status":"processing",\#(image)"#, job: nil))
  }

  @Test("keeps the images of an interrupted stream, and leaves the rest unknown")
  func broken() throws {
    let record =
      #"[{"event":"","data":{"type":"image_generation.partial_succeeded","image_index":0,"url":"https://a.example/1"}}]"#
    let kept = try item(
      .submitting, kept: KeptReply(status: 200, body: Array(record.utf8)))
    #expect(
      step(kept)
        == .record(.offered(reply: Array(record.utf8), jobID: nil, usage: nil)))
    guard
      case .fetch(let offers) = step(
        try item(.ready, reply: record))
    else {
      Issue.record("the image is not fetched")
      return
    }
    #expect(offers.map(\.position) == [1])
    let stored = try item(.ready, reply: record, stored: [1])
    #expect(
      step(stored) == .record(.outcomeUnknown(.cutOff, reply: nil)))
  }

  @Test("believes only a row that an image is in the library, not the text of a reply")
  func digests() throws {
    let digest = "sha256:" + String(repeating: "ab", count: 32)
    let reply = #"{"data":[{"b64_json":"\#(digest)"}]}"#
    let foreign = try item(.ready, reply: reply)
    guard case .fetch(let offers) = step(foreign), let offer = offers.first else {
      Issue.record("complete without an image")
      return
    }
    var progress = JobProgress()
    _ = JobPlan.after(
      .unusable(.notBase64(.badCharacter(near: 6))), of: offer, for: foreign, &progress, at: .zero,
      SyncSettings())
    #expect(
      step(foreign, progress)
        == .record(.fail(.unusableImages("the reply's base64 is damaged"), reply: nil)))
    let own = try item(.ready, reply: reply, stored: [1])
    #expect(step(own) == .record(.complete(shortfall: nil)))
  }

  @Test("polls a job for new links a few times, and abandons only images with expired links")
  func expiry() throws {
    let settings = SyncSettings()
    let item = try item(.ready, job: "j", reply: Self.two)
    let offers = try #require(Offers.read(Array(Self.two.utf8)))
    var progress = JobProgress()
    func expire(_ index: Int) -> JobDecision {
      JobPlan.after(
        .expired(status: 403), of: offers.images[index], for: item, &progress, at: .zero, settings)
    }
    for _ in 0..<JobPlan.renewalLimit { #expect(expire(0).transition?.target == .pending) }
    #expect(expire(0).transition == nil)
    #expect(progress[1].abandoned?.isExpired == true)
    progress[2].abandoned = Abandonment(reason: "dead", isExpired: true)
    guard case .record(.lose) = step(item, progress) else {
      Issue.record("not lost")
      return
    }
    // With one stored image the generation is complete, and the missing image is recorded.
    progress[1].abandoned = nil
    let half = try self.item(.ready, job: "j", reply: Self.two, stored: [1])
    #expect(
      step(half, progress)
        == .record(
          .complete(
            shortfall: RecordedFailure(
              code: "partial", message: "image 2 of 2 is missing: dead"))))
  }

  @Test(
    "accepts a refused link as final only after enough refusals and time, or after many runs")
  func refusedLinks() throws {
    var settings = SyncSettings()
    (settings.imageGrace, settings.graceTries, settings.refusedRuns) = (.seconds(30), 4, 5)
    let offers = try #require(Offers.read(Array(Self.two.utf8)))
    func isGivenUp(after times: [Int], runs: Int = 0, patience: Int = 600) throws -> Bool {
      settings.patience = .seconds(patience)
      let item = try item(.ready, reply: Self.two, refusedRuns: runs)
      var progress = JobProgress()
      for time in times {
        _ = JobPlan.after(
          .refused(status: 404, retryAfter: nil), of: offers.images[0], for: item, &progress,
          at: .seconds(time), settings)
      }
      return progress[1].abandoned != nil
    }
    #expect(try !isGivenUp(after: [0]))
    #expect(try !isGivenUp(after: [0, 1, 2, 3, 4, 5]))
    #expect(try !isGivenUp(after: [0, 86_400]), "a machine that slept has not asked often enough")
    #expect(try isGivenUp(after: [0, 10, 20, 30]))
    #expect(try !isGivenUp(after: [0], runs: 4))
    #expect(try isGivenUp(after: [0], runs: 5))
  }

  @Test("leaves a refused image to a later run at the deadline, and continues with the others")
  func refusedOneOfTwo() throws {
    var settings = SyncSettings()
    settings.patience = .zero
    let item = try item(.ready, reply: Self.two)
    let offers = try #require(Offers.read(Array(Self.two.utf8)))
    var progress = JobProgress()
    let decision = JobPlan.after(
      .refused(status: 404, retryAfter: nil), of: offers.images[0], for: item, &progress, at: .zero,
      settings)
    #expect(decision.next == .goOn)
    #expect(decision.event == WorkItem.imageRefused)
    #expect(step(item, progress) == .fetch([offers.images[1]]))
    let half = try self.item(.ready, reply: Self.two, stored: [2])
    #expect(step(half, progress) == .leave(.notFetched(.refused(status: 404))))
  }

  @Test("a failed job leaves images in the library complete but partial")
  func endsPartly() throws {
    let item = try item(.pending, job: "j", stored: [1])
    let job = PolledJob(item, isOwnGateway: true, isOwnAccount: true)
    var progress = JobProgress()
    let failed = PollReply.read(
      status: 200, headers: [:], body: Array(#"{"status":"failed"}"#.utf8),
      at: Date(timeIntervalSince1970: 0))
    let decision = JobPlan.after(failed, reply: nil, job, &progress, at: .zero, SyncSettings())
    guard case .complete(let shortfall?) = decision.transition else {
      Issue.record("\(String(describing: decision.transition))")
      return
    }
    #expect(shortfall.code == "partial")
  }

  /// Each case has a reply, the status of the row after it, and the signal to all workers; nil if
  /// the outcome is unknown.
  @Test(
    "reads every kind of reply to a submit",
    arguments: [
      (200, #"{"data":[{"url":"https://a.example/x"}]}"#, .ready, .answered),
      (200, #"{"data":[{"b64_json":"aGVsbG8="}]}"#, .ready, .answered),
      (200, #"{"job_set_id":"j"}"#, .pending, .answered),
      (200, #"{"error":"no"}"#, .failed, .answered),
      (200, #"{"success":true}"#, .unknown, nil), (200, "<html>", .unknown, nil),
      (400, #"{"error":"no"}"#, .failed, .answered), (404, #"{"error":"no"}"#, .failed, .answered),
      (500, "", .unknown, nil), (502, "<html>", .unknown, nil), (302, "", .unknown, nil),
      (403, "<html>", .queued, nil), (405, "", .queued, nil), (407, "<html>", .queued, nil),
      (429, "{}", .queued, .throttled(retryAfter: nil)),
    ] as [(Int, String, Status, QueueSignal?)])
  func submits(_ status: Int, _ body: String, _ target: Status, _ signal: QueueSignal?) {
    let bytes = Array(body.utf8)
    let outcome = SubmitReply.read(
      status: status, headers: [:], body: bytes, at: Date(timeIntervalSince1970: 0))
    let decision = JobPlan.after(outcome, reply: bytes)
    #expect(decision.transition?.target == target)
    if let signal {
      #expect(decision.signal == signal)
    } else if case .noUsableReply(let unusableReply) = decision.signal {
      #expect(unusableReply.kind == (target == .queued ? .foreignReply : .unknownOutcome))
    } else {
      Issue.record("\(decision.signal)")
    }
  }

  @Test(
    "tells all workers the pause that a reply without a result states",
    arguments: [
      (503, #"{"error":"overloaded"}"#), (503, "<html>"), (502, ""), (504, "<html>"),
      (403, "<html>"), (408, "{}"),
    ])
  func statedPause(_ status: Int, _ body: String) {
    let outcome = SubmitReply.read(
      status: status, headers: ["Retry-After": "7"], body: Array(body.utf8),
      at: Date(timeIntervalSince1970: 0))
    for decision in [
      JobPlan.after(outcome, reply: nil),
      JobPlan.afterUpload(outcome, throttles: 0, by: .standard),
    ] {
      guard case .noUsableReply(let unusableReply) = decision.signal else {
        Issue.record("\(decision.signal)")
        continue
      }
      #expect(unusableReply.retryAfter == .seconds(7))
    }
  }

  @Test("keeps a job pending until the gateway itself says otherwise")
  func polls() throws {
    let job = PolledJob(
      try item(.pending, job: "j"), isOwnGateway: true, isOwnAccount: true)
    func decide(_ status: Int, _ body: String, _ progress: inout JobProgress) -> JobDecision {
      let bytes = Array(body.utf8)
      let outcome = PollReply.read(
        status: status, headers: [:], body: bytes, at: Date(timeIntervalSince1970: 0))
      return JobPlan.after(
        outcome, reply: bytes, job, &progress, at: .zero, SyncSettings())
    }
    var progress = JobProgress()
    for (status, body) in [
      (200, #"{"status":"running"}"#), (200, "junk"), (500, ""), (503, "<html>"), (429, "{}"),
      (404, "{}"), (404, "default backend - 404"), (302, ""), (200, #"{"status":"success"}"#),
    ] {
      let decision = decide(status, body, &progress)
      #expect(decision.transition == nil)
      guard case .wait = decision.next else {
        Issue.record("\(status) \(body) does not wait: \(decision.next)")
        continue
      }
    }
    #expect(decide(200, #"{"status":"failed"}"#, &progress).transition?.target == .failed)
    let offer = #"{"status":"success","images":["https://a.example/x"]}"#
    #expect(decide(200, offer, &progress).transition?.target == .ready)
  }

  @Test("calls a job lost only when it was missing often enough and long enough")
  func missing() throws {
    let item = try item(.pending, job: "j")
    var settings = SyncSettings()
    settings.grace = .seconds(30)
    settings.graceTries = 4
    let outcome = PollReply.read(
      status: 404, headers: [:], body: Array(#"{"error":"no such job"}"#.utf8),
      at: Date(timeIntervalSince1970: 0))
    func lost(after times: [Int], own: Bool = true, account: Bool = true) -> Bool {
      let job = PolledJob(item, isOwnGateway: own, isOwnAccount: account)
      var progress = JobProgress()
      var last: JobDecision?
      for time in times {
        last = JobPlan.after(
          outcome, reply: nil, job, &progress, at: .seconds(time), settings)
      }
      return last?.transition?.target == .lost
    }
    #expect(!lost(after: [0, 1, 2, 3, 4]))
    #expect(!lost(after: [0, 86_400]), "a machine that slept has not asked often enough")
    #expect(lost(after: [0, 10, 20, 30]))
    #expect(!lost(after: [0, 10, 20, 30], own: false))
    #expect(!lost(after: [0, 10, 20, 30], account: false))
  }

  @Test("a 200 that does not know the job leaves the job pending, also with another account's key")
  func missingUnderSuccess() throws {
    let item = try item(.pending, job: "j")
    let outcome = PollReply.read(
      status: 200, headers: [:], body: Array(#"{"error":"Job not found"}"#.utf8),
      at: Date(timeIntervalSince1970: 0))
    var progress = JobProgress()
    let foreign = JobPlan.after(
      outcome, reply: nil, PolledJob(item, isOwnGateway: true, isOwnAccount: false), &progress,
      at: .zero, SyncSettings())
    #expect(foreign.transition == nil && foreign.next == .leave(.otherAccount))
    let own = JobPlan.after(
      outcome, reply: nil, PolledJob(item, isOwnGateway: true, isOwnAccount: true), &progress,
      at: .zero, SyncSettings())
    #expect(own.transition == nil && own.next == .wait(.poll(1)))
  }

  @Test(
    "no reply to another account's key or of another gateway ends a job",
    arguments: [
      (200, #"{"error":"Invalid request"}"#), (200, #"{"status":"failed","error":"no"}"#),
      (200, #"{"status":"succeeded"}"#), (404, #"{"error":"no such job"}"#),
      (400, #"{"error":{"code":"InputTextSensitiveContentDetected","message":"m"}}"#),
    ])
  func foreignReplies(_ status: Int, _ body: String) throws {
    let item = try item(.pending, job: "j")
    var settings = SyncSettings()
    (settings.grace, settings.graceTries) = (.zero, 1)
    let outcome = PollReply.read(
      status: status, headers: [:], body: Array(body.utf8), at: Date(timeIntervalSince1970: 0))
    func decision(gateway: Bool, account: Bool) -> JobDecision {
      let job = PolledJob(item, isOwnGateway: gateway, isOwnAccount: account)
      var progress = JobProgress()
      return JobPlan.after(outcome, reply: nil, job, &progress, at: .zero, settings)
    }
    let account = decision(gateway: true, account: false)
    #expect(account.transition == nil && account.next == .leave(.otherAccount))
    let gateway = decision(gateway: false, account: true)
    #expect(gateway.transition == nil && gateway.next == .leave(.otherGateway))
    #expect(decision(gateway: true, account: true).transition != nil)
  }

  @Test("a poll with images that may not be the last ones is repeated before they are used")
  func incompleteReplies() throws {
    let job = PolledJob(try item(.pending, job: "j"), isOwnGateway: true, isOwnAccount: true)
    var settings = SyncSettings()
    settings.grace = .seconds(30)
    settings.patience = .seconds(600)
    func reading(_ body: String) throws -> PollOutcome {
      PollReply.read(
        status: 200, headers: ReplyHeaders(), body: Array(body.utf8),
        at: Date(timeIntervalSince1970: 0))
    }
    let empty = try reading(#"{"status":"succeeded","images":["https://a.example/1",null]}"#)
    let strange = try reading(#"{"status":"gone fishing","images":["https://a.example/1"]}"#)
    func firstTaken(_ outcome: PollOutcome) -> Int? {
      var progress = JobProgress()
      progress.waitingSince = .zero
      return (0...70).map { $0 * 10 }.first { second in
        let decision = JobPlan.after(
          outcome, reply: [], job, &progress, at: .seconds(second), settings)
        if case .offeredByPoll? = decision.transition { return true }
        return false
      }
    }
    #expect(firstTaken(empty) == 30)
    #expect(firstTaken(strange) == 600)
  }
}
