import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Testing

/// Tests that kill the process at every durable step, for every kind of reply.
///
/// A later sync finishes the work: an intent is charged at most once, and every image that was
/// offered is in the library.
@Suite("A process that is killed")
struct KillTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let step: DurableStep
    let kind: SyncHarness.ReplyKind

    var testDescription: String { "\(step.rawValue), \(kind.rawValue)" }

    static let all = DurableStep.allCases.flatMap { step in
      SyncHarness.ReplyKind.allCases.map { Case(step: step, kind: $0) }
    }

    /// Whether the test reproduces a generation.
    ///
    /// A reproduction takes every step, including the verdict, except the step of a new file: its
    /// bytes are already in the store.
    var isReproduction: Bool { step != .fileRenamed }

    var command: [String] {
      isReproduction ? ["reproduce", "1"] : ["generate", "the second", "--seed", "2"]
    }

    /// Whether a generation with this kind of reply takes the step.
    var isMet: Bool {
      switch step {
      case .jobRecorded: kind == .job
      case .replyReplaced: kind == .base64
      case .failureRecorded, .trashRowsRemoved: false
      default: true
      }
    }
  }

  @Test("at any step loses nothing and pays nothing twice", arguments: Case.all)
  func everyStep(_ point: Case) async throws {
    try await SyncHarness.with(Script([point.kind.rule])) { bench in
      try await bench.succeed("generate", "the first", "--seed", "1")
      bench.harness.environment["SEEDBANK_STOP_AT"] = point.step.rawValue
      let killed = try await bench.run(point.command)
      #expect((killed.status == -SIGKILL) == point.isMet, "\(killed)")
      bench.harness.environment["SEEDBANK_STOP_AT"] = nil
      let synced = try await bench.run("sync")
      let library = try bench.openLibrary()
      // Between the mark and the reply the outcome is unknown; at all other steps nothing is
      // missing.
      let isUnknowable = point.step == .submitMarked
      #expect(synced.status == (isUnknowable ? 69 : 0), "\(synced)")
      let second = try #require(try library.generation(GenerationID(2)))
      #expect(second.status == (isUnknowable ? .unknown : .complete))
      if !isUnknowable, point.isReproduction {
        #expect(second.verdict?.kind == "identical-file")
      }
      let ledger = await bench.gateway.ledger
      // Each generation was charged once, except one that was killed before a byte was sent.
      #expect(ledger.charges.count == (isUnknowable ? 1 : 2))
      // A reproduction sends the same request again, so its intent is the same as the original's.
      let isAskedTwice = point.isReproduction && !isUnknowable
      #expect(ledger.paidTwice.count == (isAskedTwice ? 1 : 0))
      try await bench.succeed("check", "--deep")
    }
  }

  @Test(
    "between an image's file and its row keeps the image, although its link has expired",
    arguments: [DurableStep.bytesSynced, .fileRenamed, .folderSynced, .imageRecorded])
  func deadLinkAfterFile(_ step: DurableStep) async throws {
    let rules = [
      Rule(on: .download, nth: 1, Behaviour(transfer: Transfer(fault: .leadingBytes))),
      Rule(on: .download, from: 2, Behaviour(refusal: .storageNoSuchKey)),
    ]
    try await SyncHarness.with(Script(rules)) { bench in
      bench.harness.environment["SEEDBANK_STOP_AT"] = step.rawValue
      #expect(try await bench.run("generate", "a cat").status == -SIGKILL)
      bench.harness.environment["SEEDBANK_STOP_AT"] = nil
      try await bench.succeed("sync")
      #expect(await bench.gateway.ledger.downloads == 1)
      try await bench.expectNothingLost()
      let check = try await bench.succeed("check", "--deep")
      #expect(check.output.contains("no errors"), "\(check)")
      let left = bench.harness.library.appending(path: "incoming").path
      #expect(try FileManager.default.contentsOfDirectory(atPath: left).isEmpty)
    }
  }

  /// A way in which a generation ends without an image, and the steps that it takes.
  enum BadEnd: String, CaseIterable, Sendable {
    case refusal, failingJob, deadLink

    var steps: [DurableStep] {
      switch self {
      case .refusal: [.requestRecorded, .submitMarked, .failureRecorded]
      case .failingJob: [.requestRecorded, .submitMarked, .jobRecorded, .failureRecorded]
      case .deadLink:
        [.requestRecorded, .submitMarked, .replyRecorded, .downloadBegun, .failureRecorded]
      }
    }

    var status: Status { self == .deadLink ? .lost : .failed }

    var rules: [Rule] {
      switch self {
      case .refusal: [Rule(on: .submit, Behaviour(refusal: .badRequest))]
      case .failingJob:
        [
          Rule(
            on: .submit,
            Behaviour(
              accept: Acceptance(style: .job), job: JobPlan(statuses: ["pending", "failed"])))
        ]
      case .deadLink: [Rule(on: .download, Behaviour(refusal: .storageNoSuchKey))]
      }
    }
  }

  @Test("before a failure ends with the same failure", arguments: BadEnd.allCases)
  func badEnds(_ end: BadEnd) async throws {
    for step in end.steps {
      try await SyncHarness.with(Script(end.rules)) { bench in
        bench.harness.environment["SEEDBANK_STOP_AT"] = step.rawValue
        #expect(try await bench.run("generate", "a cat").status == -SIGKILL, "\(step)")
        bench.harness.environment["SEEDBANK_STOP_AT"] = nil
        try await bench.run("sync")
        let isUnknowable = step == .submitMarked
        let generation = try bench.openLibrary().generation(GenerationID(1))
        #expect(generation?.status == (isUnknowable ? .unknown : end.status), "\(step)")
        // A settled generation is not requested again, but an unknown outcome is reported.
        let idle = try await bench.run("sync")
        #expect(idle.output.isEmpty)
        #expect(idle.status == (isUnknowable ? 69 : 0))
        #expect(idle.talk.contains("of earlier runs is unknown") == isUnknowable)
        let charges = await bench.gateway.ledger.charges.count
        #expect(charges == (isUnknowable || end == .refusal ? 0 : 1), "\(step)")
        try await bench.succeed("check", "--deep")
      }
    }
  }

  @Test("at random times loses nothing and pays nothing twice")
  func atRandom() async throws {
    let rules = [
      Rule(
        on: .submit, promptContains: "url",
        Behaviour(wait: 0.02, accept: Acceptance(count: 3))),
      Rule(
        on: .submit, promptContains: "base64",
        Behaviour(wait: 0.02, accept: Acceptance(style: .base64, base64: .lines))),
      Rule(
        on: .submit, promptContains: "job",
        Behaviour(
          accept: Acceptance(style: .job),
          job: JobPlan(
            statuses: ["processing", "succeeded"], empty: 1, preview: true, container: .output))),
      Rule(on: .poll, chance: 0.1, Behaviour(refusal: .pageNotFound)),
      Rule(on: .download, chance: 0.1, Behaviour(answer: Answer(404, .html))),
      Rule(on: .download, chance: 0.1, Behaviour(transfer: Transfer(fault: .gif))),
      Rule(on: .download, chance: 0.1, Behaviour(transfer: Transfer(fault: .leadingBytes))),
      Rule(on: .download, Behaviour(wait: 0.01)),
    ]
    try await SyncHarness.with(Script(rules, seed: 7)) { bench in
      let prompts = (1...40).map { "\(["url", "base64", "job"][$0 % 3]) \($0)" }
      let file = try bench.harness.write(prompts.joined(separator: "\n"), to: "prompts.txt")
      try await bench.succeed("generate", "--from", file, "--no-wait", "--format", "ids")
      var dice = SystemRandomNumberGenerator()
      for _ in 0..<12 {
        let running = try await bench.harness.start(["sync", "--jobs", "4"])
        try await Task.sleep(for: .milliseconds(Int.random(in: 40...400, using: &dice)))
        running.signal(SIGKILL)
        _ = try await running.end()
      }
      let last = try await bench.run("sync")
      #expect(last.status == 0 || last.status == 69, "\(last)")
      try await bench.expectNothingLost()
      try await bench.succeed("check", "--deep")
    }
  }
}
