import Foundation
import GatewaySimulator
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankSync

@Suite("A job")
struct JobTests {
  private func bench(
    _ plan: JobPlan? = nil, _ rules: [Rule] = [], id: IDSpelling? = nil,
    _ body: (Workbench) async throws -> Void
  ) async throws {
    let submit = Rule(
      on: .submit, Behaviour(accept: Acceptance(style: .job, id: id), job: plan))
    try await Workbench.with(Script(rules + [submit]), body)
  }

  private typealias JobPlan = GatewaySimulator.JobPlan

  @Test("is polled with its id under every name", arguments: IDSpelling.allCases)
  func spelling(_ id: IDSpelling) async throws {
    try await bench(JobPlan(statuses: ["pending", "succeeded"]), id: id) { bench in
      try bench.record()
      #expect(try await bench.sync().counts == [.complete: 1])
      try await bench.expectSound()
    }
  }

  @Test("stays pending for every status that means running, also for unknown ones")
  func words() async throws {
    let words = [
      "Pending", "QUEUED", "in_progress", "IN-PROGRESS", "starting", "meditating", "running",
      "pending", "Success",
    ]
    try await bench(JobPlan(statuses: words)) { bench in
      let id = try bench.record()[0]
      #expect(try await bench.sync().counts == [.complete: 1])
      let remarks = try bench.library.timeline(of: id).compactMap(\.detail)
      #expect(remarks.contains { $0.contains("meditating") })
      try await bench.expectSound()
    }
  }

  @Test(
    "fails if its status says so",
    arguments: ["failed", "FAILURE", "error", "Canceled", "aborted", "nsfw", "expired", "timeout"])
  func failure(_ word: String) async throws {
    try await bench(JobPlan(statuses: ["running", word])) { bench in
      let id = try bench.record()[0]
      #expect(try await bench.sync().counts == [.failed: 1])
      #expect(try bench.failure(id) == (word == "nsfw" ? "moderation" : "job-failed"))
      try await bench.expectSound()
    }
  }

  @Test("that succeeds without an image has failed, with a note that it may have been charged")
  func withoutImages() async throws {
    try await bench(JobPlan(images: false)) { bench in
      let id = try bench.record()[0]
      #expect(try await bench.sync().counts == [.failed: 1])
      let failure = try bench.library.generation(id)?.failure
      #expect(failure?.code == "no-image")
      #expect(failure?.message.contains("may have been charged") == true)
    }
  }

  @Test("that succeeds before its image exists is polled again")
  func emptyAtFirst() async throws {
    let empty = #"{"job_set_id": "j", "status": "succeeded", "images": []}"#
    let rules = [Rule(on: .poll, until: 2, Behaviour(answer: Answer(200, body: empty)))]
    try await bench(nil, rules) { bench in
      try bench.record()
      #expect(try await bench.sync().counts == [.complete: 1])
      #expect(await bench.gateway.ledger.polls == 3)
    }
  }

  @Test(
    "that ends has its last reply on the disk unchanged, in any form",
    arguments: [
      #"{"status": "succeeded", "result_set": {"pictures": ["https://a.example/paid"]}}"#,
      #"{"status": "FAILED", "reason": {"text": "x"}}"#, #"{"error": {"code": "Nope"}}"#,
      #"{"status": "done and gone", "output": {"x": [1, 2]}}"#,
    ])
  func lastReply(_ body: String) async throws {
    let rules = [Rule(on: .poll, Behaviour(answer: Answer(200, body: body)))]
    try await bench(nil, rules) { bench in
      let id = try bench.record()[0]
      var settings = Workbench.quick
      settings.patience = .milliseconds(200)
      try await bench.sync(settings)
      let kept = try #require(try bench.library.recordedReplies(of: id).poll)
      #expect(String(decoding: kept, as: UTF8.self) == body)
    }
  }

  @Test("of another account's key never becomes lost, and does not stop the queue")
  func otherAccount() async throws {
    for answer in [
      Answer(404, .text, message: "Job not found"), Answer(403, .text, message: "Not yours."),
      Answer(401, .text, message: "Unknown key."),
      Answer(200, .text, message: "Job not found"), Answer(200, .text, message: "Unauthorized"),
      Answer(200, .text, message: "Forbidden"), Answer(200, .text, message: "Invalid request"),
    ] {
      try await bench(JobPlan(statuses: ["pending"])) { bench in
        let id = try bench.record()[0]
        var settings = Workbench.quick
        settings.patience = .zero
        #expect(try await bench.sync(settings).counts == [.pending: 1])
        settings.patience = .seconds(120)
        let other = "another-key-0123456789"
        await bench.gateway.follow(
          Script([Rule(on: .poll, Behaviour(answer: answer))], otherKeys: [other]))
        let report = try await bench.sync(settings, key: other)
        #expect(report.counts == [.pending: 1])
        #expect(report.reasons.map(\.code) == ["other-account"])
        #expect(report.stop == nil)
        await bench.gateway.follow(
          Script([Rule(on: .poll, Behaviour(job: JobPlan(statuses: ["succeeded"])))]))
        #expect(try await bench.sync().counts == [.complete: 1])
        #expect(try bench.status(id) == .complete)
      }
    }
  }

  @Test("may be missing for some time, and is lost if it stays missing")
  func missing() async throws {
    try await bench(JobPlan(missing: 2)) { bench in
      try bench.record()
      #expect(try await bench.sync().counts == [.complete: 1])
    }
    try await bench(JobPlan(missing: 10_000)) { bench in
      let id = try bench.record()[0]
      #expect(try await bench.sync().counts == [.lost: 1])
      #expect(try bench.failure(id) == "job-not-found")
      #expect(await bench.gateway.ledger.polls >= 4)
      try await bench.expectSound()
    }
  }

  @Test(
    "an image under an unknown status word in a submit is used only if the job brings no other",
    arguments: [
      (Answer(200, body: #"{"status":"succeeded",\#(image(24))}"#), 24),
      (Answer(404, .text, message: "Job not found"), 20),
    ])
  func possiblePreview(_ poll: Answer, _ height: Int) async throws {
    let submit = #"{"job_set_id":"j","status":"refining",\#(Self.image(20))}"#
    let rules = [
      Rule(on: .submit, Behaviour(answer: Answer(200, body: submit, charged: true))),
      Rule(on: .poll, Behaviour(answer: poll)),
    ]
    try await Workbench.with(Script(rules)) { bench in
      let id = try bench.record()[0]
      #expect(try await bench.sync().counts == [.complete: 1])
      let images = try #require(try bench.library.generation(id)).images
      // A bitmap is stored without being decoded, so only its length is known.
      #expect(images.map(\.bytes) == [Int64(Bitmap.bytes(width: 20, height: height).count)])
    }
  }

  /// The member of a reply with an image of this height.
  private static func image(_ height: Int) -> String {
    let base64 = Data(Bitmap.bytes(width: 20, height: height)).base64EncodedString()
    return #""images":[{"b64_json":"\#(base64)"}]"#
  }

  @Test("that never ends is left pending, and a later run continues it")
  func endless() async throws {
    try await bench(JobPlan(statuses: ["pending"])) { bench in
      try bench.record()
      var settings = Workbench.quick
      settings.patience = .milliseconds(100)
      let report = try await bench.sync(settings)
      #expect(report.counts == [.pending: 1])
      #expect(report.grade == .unfinished)
      await bench.gateway.follow(
        Script([Rule(on: .poll, Behaviour(job: JobPlan(statuses: ["succeeded"])))]))
      #expect(try await bench.sync().counts == [.complete: 1])
      #expect(await bench.gateway.ledger.charges.count == 1)
    }
  }

  @Test("stays pending through every failure of a poll")
  func troubledPolls() async throws {
    let faults: [GatewaySimulator.Refusal] = [
      .serverError, .badGateway, .tooManyRequests, .page, .emptyBody, .unreadable,
    ]
    let rules = faults.enumerated().map { index, fault in
      Rule(on: .poll, nth: index + 1, Behaviour(refusal: fault))
    }
    try await bench(nil, rules) { bench in
      try bench.record()
      #expect(try await bench.sync().counts == [.complete: 1])
      #expect(await bench.gateway.ledger.polls == faults.count + 1)
      try await bench.expectSound()
    }
  }

  @Test("stays pending when the key is refused or the quota is used up")
  func stopped() async throws {
    for (refusal, grade) in [
      (.unauthorizedFront, .keyRefused), (.outOfCallVolume, .unfinished),
    ] as [(GatewaySimulator.Refusal, BatchGrade)] {
      try await bench(nil, [Rule(on: .poll, nth: 1, Behaviour(refusal: refusal))]) { bench in
        try bench.record()
        let report = try await bench.sync()
        #expect(report.counts == [.pending: 1])
        #expect(report.grade == grade)
        #expect(try await bench.sync().counts == [.complete: 1])
      }
    }
  }

  @Test("at another gateway never becomes lost")
  func otherGateway() async throws {
    try await bench { bench in
      try bench.record()
      var settings = Workbench.quick
      settings.patience = .zero
      await bench.gateway.follow(
        Script([
          Rule(
            on: .submit,
            Behaviour(accept: Acceptance(style: .job), job: JobPlan(statuses: ["pending"])))
        ]))
      #expect(try await bench.sync(settings).counts == [.pending: 1])
      let stranger = try await SimulatedGateway.start()
      let report = try await bench.sync(base: stranger.baseURL)
      await stranger.stop()
      #expect(report.counts == [.pending: 1])
      #expect(report.reasons.map(\.code) == ["other-gateway"])
    }
  }

  @Test("uses no slot between its polls")
  func placeBetweenPolls() async throws {
    try await Workbench.with(Self.slowOnes) { bench in
      try bench.record("slow")
      try bench.record("quick", count: 3, seed: 500)
      var settings = Workbench.quick
      settings.jobs = 1
      settings.patience = .seconds(300)
      let complete = Atomic(0)
      // The job ends only after all other generations have ended.
      let report = try await bench.sync(settings) { event in
        guard event.isComplete, complete.add(1, ordering: .relaxed).newValue == 3 else { return }
        let gateway = bench.gateway
        Task { await gateway.follow(Self.allDone) }
      }
      #expect(report.counts == [.complete: 4])
    }
  }

  @Test("is not requested while twice the allowed number is running")
  func jobsUnderWay() async throws {
    try await Workbench.with(Self.slowOnes) { bench in
      try bench.record("slow", count: 7)
      var settings = Workbench.quick
      settings.jobs = 2
      // No job counts as slow, and so none gives up its slot.
      settings.slotPatience = settings.patience
      let sent = Atomic(0)
      let polls = Atomic(0)
      // The jobs end only after all allowed ones have been polled for some time.
      let report = try await bench.sync(settings) { event in
        if case .submitting = event { sent.add(1, ordering: .relaxed) }
        guard case .polled = event, sent.load(ordering: .relaxed) >= 4,
          polls.add(1, ordering: .relaxed).newValue == 40
        else { return }
        let gateway = bench.gateway
        Task { await gateway.follow(Self.allDone) }
      }
      #expect(report.counts == [.complete: 7])
      let seen = bench.seen
      let ended = try #require(seen.firstIndex { if case .offered = $0 { true } else { false } })
      let early = seen[..<ended].count { if case .submitting = $0 { true } else { false } }
      #expect(early == 4)
    }
  }

  private static let allDone = Script([
    Rule(on: .poll, Behaviour(job: JobPlan(statuses: ["succeeded"])))
  ])

  private static let slowOnes = Script([
    Rule(
      on: .submit, promptContains: "slow",
      Behaviour(accept: Acceptance(style: .job), job: JobPlan(statuses: ["pending"])))
  ])

  @Test("that takes long releases its slot")
  func slowJobs() async throws {
    try await Workbench.with(Self.slowOnes) { bench in
      try bench.record("slow", count: 4)
      try bench.record("quick", count: 8, seed: 500)
      var settings = Workbench.quick
      settings.jobs = 2
      settings.slotPatience = .milliseconds(50)
      let complete = Atomic(0)
      // The slow jobs end only after all other generations have ended.
      let report = try await bench.sync(settings) { event in
        guard event.isComplete, complete.add(1, ordering: .relaxed).newValue == 8 else { return }
        let gateway = bench.gateway
        Task { await gateway.follow(Self.allDone) }
      }
      #expect(report.counts == [.complete: 12])
      #expect(await bench.gateway.ledger.charges.count == 12)
    }
  }
}

extension SyncEvent {
  fileprivate var isComplete: Bool {
    if case .settled(_, .complete, _) = self { true } else { false }
  }
}
