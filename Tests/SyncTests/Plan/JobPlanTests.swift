import Foundation
import Gateway
import Testing

@testable import Storage
@testable import Sync

/// The planner as a table: a row's status, and what calls come to.
@Suite("The plan of a job")
struct JobPlanTests {
  private func item(
    _ status: Status, job: String? = nil, reply: String? = nil, stored: Set<Int> = [],
    body: String = #"{"prompt":"x","seed":1}"#, kept: KeptReply? = nil
  ) throws -> WorkItem {
    var dice = SystemRandomNumberGenerator()
    let time = Timestamp(milliseconds: 0)
    return WorkItem(
      id: GenerationID(1), uid: UID(at: time, using: &dice), status: status,
      requestBody: Array(body.utf8), gateway: "https://gateway.example", jobID: job,
      replyBody: reply.map { Array($0.utf8) }, replyIsFromPoll: false, attempts: 1, since: time,
      submittedAt: time, storedPositions: stored, wantsInlineImages: false, keptReply: kept)
  }

  private static let two =
    #"{"data":[{"url":"https://a.example/1"},{"url":"https://a.example/2"}]}"#

  @Test("begins with what the row says")
  func steps() throws {
    func step(_ item: WorkItem) -> JobStep { JobPlan.step(for: item, JobProgress()) }
    #expect(try step(item(.queued)) == .submit)
    #expect(try step(item(.queued, body: "")) == .record(.fail(.noRequest, reply: nil)))
    #expect(try step(item(.submitting)) == .record(.loseTrack(.interrupted, reply: nil)))
    // A reply that the catalog had no room for says what became of it.
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
    #expect(try step(item(.pending, job: "j")) == .poll(jobID: "j", after: .none))
    #expect(try step(item(.pending)) == .record(.lose(.noJob)))
    for status in [Status.complete, .failed, .unknown, .lost] {
      #expect(try step(item(status)) == .leave(.settled))
    }
  }

  @Test("fetches what is offered and not stored, then completes")
  func offers() throws {
    func positions(_ stored: Set<Int>) throws -> [Int]? {
      let step = JobPlan.step(
        for: try item(.ready, reply: Self.two, stored: stored), JobProgress())
      guard case .fetch(let offers) = step else { return nil }
      return offers.map(\.position)
    }
    #expect(try positions([]) == [1, 2])
    #expect(try positions([1]) == [2])
    let all = try item(.ready, reply: Self.two, stored: [1, 2])
    #expect(JobPlan.step(for: all, JobProgress()) == .record(.complete(remark: nil)))
    let junk = try item(.ready, reply: "junk")
    #expect(JobPlan.step(for: junk, JobProgress()) == .record(.lose(.unreadableOffer)))
    let renewable = try item(.ready, job: "j", reply: "junk")
    #expect(
      JobPlan.step(for: renewable, JobProgress())
        == .record(.pollAgain(reason: "unreadable offer")))
  }

  @Test("asks a job for fresh links a few times, and gives up only what is dead for good")
  func expiry() throws {
    let settings = SyncSettings()
    let item = try item(.ready, job: "j", reply: Self.two)
    let offers = try #require(Offers.read(Array(Self.two.utf8)))
    var progress = JobProgress()
    for _ in 0..<JobPlan.renewalLimit {
      let decision = JobPlan.after(
        .expired(status: 403), of: offers.images[0], for: item, &progress, settings)
      #expect(decision.transition?.target == .pending)
    }
    let last = JobPlan.after(
      .expired(status: 403), of: offers.images[0], for: item, &progress, settings)
    #expect(last.transition == nil)
    #expect(progress.abandoned[1]?.isExpired == true)
    progress.abandoned[2] = Abandonment(reason: "dead", isExpired: true)
    guard case .record(.lose) = JobPlan.step(for: item, progress) else {
      Issue.record("not lost")
      return
    }
    // One that is stored makes it complete, and says what is missing.
    progress.abandoned[1] = nil
    let half = try self.item(.ready, job: "j", reply: Self.two, stored: [1])
    #expect(
      JobPlan.step(for: half, progress)
        == .record(.complete(remark: "image 2 did not come: dead")))
  }

  /// A reply, what status the row has after it, and what all workers hear.
  @Test(
    "reads every kind of reply to a submit",
    arguments: [
      (200, #"{"data":[{"url":"https://a.example/x"}]}"#, .ready, .answered),
      (200, #"{"data":[{"b64_json":"aGVsbG8="}]}"#, .ready, .answered),
      (200, #"{"job_set_id":"j"}"#, .pending, .answered),
      (200, #"{"error":"no"}"#, .failed, .answered),
      (200, #"{"success":true}"#, .unknown, .answered), (200, "<html>", .unknown, .answered),
      (400, #"{"error":"no"}"#, .failed, .answered), (404, #"{"error":"no"}"#, .failed, .answered),
      (500, "", .unknown, .answered), (502, "<html>", .unknown, .answered),
      (302, "", .unknown, .answered), (404, #"{"error":"Endpoint not found"}"#, .queued, nil),
      (403, "<html>", .queued, nil), (405, "", .queued, nil), (407, "<html>", .queued, nil),
      (429, "{}", .queued, .throttled(retryAfter: nil)),
    ] as [(Int, String, Status, QueueSignal?)])
  func submits(_ status: Int, _ body: String, _ target: Status, _ signal: QueueSignal?) {
    let bytes = Array(body.utf8)
    let outcome = SubmitReply.read(
      status: status, headers: [:], body: bytes, at: Date(timeIntervalSince1970: 0))
    let decision = JobPlan.after(outcome, reply: bytes)
    #expect(decision.transition?.target == target)
    if let signal { #expect(decision.signal == signal) }
  }

  @Test("keeps a job pending until the gateway itself says otherwise")
  func polls() {
    func decide(_ status: Int, _ body: String, _ progress: inout JobProgress) -> JobDecision {
      let bytes = Array(body.utf8)
      let outcome = PollReply.read(
        status: status, headers: [:], body: bytes, at: Date(timeIntervalSince1970: 0))
      return JobPlan.after(
        outcome, reply: bytes, &progress, isOwnGateway: true, at: .zero, SyncSettings())
    }
    var progress = JobProgress()
    for (status, body) in [
      (200, #"{"status":"running"}"#), (200, "junk"), (500, ""), (503, "<html>"), (429, "{}"),
      (404, "{}"), (404, "default backend - 404"), (302, ""),
    ] {
      let decision = decide(status, body, &progress)
      #expect(decision.transition == nil)
      guard case .wait = decision.next else {
        Issue.record("\(status) \(body) does not wait: \(decision.next)")
        continue
      }
    }
    #expect(decide(200, #"{"status":"failed"}"#, &progress).transition?.target == .failed)
    #expect(decide(200, #"{"status":"success"}"#, &progress).transition?.target == .failed)
    let offer = #"{"status":"success","images":["https://a.example/x"]}"#
    #expect(decide(200, offer, &progress).transition?.target == .ready)
  }

  @Test("calls a job lost only when it was missing often enough and long enough")
  func missing() {
    var settings = SyncSettings()
    settings.grace = .seconds(30)
    settings.graceTries = 4
    let outcome = PollReply.read(
      status: 404, headers: [:], body: Array(#"{"error":"no such job"}"#.utf8),
      at: Date(timeIntervalSince1970: 0))
    func lost(after times: [Int], own: Bool = true) -> Bool {
      var progress = JobProgress()
      var last: JobDecision?
      for time in times {
        last = JobPlan.after(
          outcome, reply: nil, &progress, isOwnGateway: own, at: .seconds(time), settings)
      }
      return last?.transition?.target == .lost
    }
    #expect(!lost(after: [0, 1, 2, 3, 4]))
    #expect(!lost(after: [0, 86_400]), "a machine that slept has not asked often enough")
    #expect(lost(after: [0, 10, 20, 30]))
    #expect(!lost(after: [0, 10, 20, 30], own: false))
  }
}
