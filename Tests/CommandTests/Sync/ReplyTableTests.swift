import GatewaySimulator
import Storage
import Testing

/// The gateway's replies as a person meets them, by the real binary: exit status, words, what became
/// of the generation, and what was charged.
@Suite("A reply of the gateway")
struct ReplyTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let rules: [Rule]
    let exit: Int32
    let words: String
    let status: Status
    let charges: ClosedRange<Int>
    /// Patience in seconds where there must be little: the machine may be busy.
    let patience: [String: String]

    init(
      _ name: String, _ rules: [Rule], exit: Int32, _ words: String, _ status: Status,
      charges: ClosedRange<Int>, patience: [String: String] = [:]
    ) {
      (self.name, self.rules, self.exit) = (name, rules, exit)
      (self.words, self.status, self.charges) = (words, status, charges)
      self.patience = patience
    }

    var testDescription: String { name }
  }

  @Test(
    "ends with its status, its words and its charges",
    arguments: Self.submits + Self.connections + Self.polls + Self.downloads)
  func row(_ row: Row) async throws {
    try await SyncHarness.with(Script(row.rules)) { bench in
      bench.harness.environment.merge(row.patience) { $1 }
      let outcome = try await bench.run("generate", "a cat")
      #expect(outcome.status == row.exit, "\(outcome)")
      #expect((outcome.talk + outcome.output).contains(row.words), "\(outcome)")
      let generation = try bench.openLibrary().generation(GenerationID(1))
      #expect(generation?.status == row.status, "\(outcome)")
      #expect(row.charges.contains(await bench.gateway.ledger.charges.count))
      // Asked once more, it is never paid twice; an offer would only be tried at length again.
      if row.status != .ready { try await bench.run("sync") }
      #expect(await bench.gateway.ledger.paidTwice.isEmpty)
    }
  }

  private static func refused(
    _ refusals: [Refusal], exit: Int32, _ words: String, _ status: Status
  ) -> [Row] {
    refusals.map {
      Row(
        "submit: \($0.rawValue)", [Rule(on: .submit, Behaviour(refusal: $0))], exit: exit, words,
        status, charges: 0...0)
    }
  }

  private static let submits =
    refused([.badRequest, .badRequestMaker], exit: 69, "refused the request (400)", .failed)
    + refused(
      [.sensitivePrompt, .sensitiveImage, .riskDetected], exit: 69, "held back by moderation",
      .failed)
    + refused([.notFound, .modelNotFound], exit: 69, "no such model", .failed)
    + refused([.okWithError, .okWithoutSuccess], exit: 69, "says that it failed", .failed)
    + refused(
      [.unauthorized, .unauthorizedFront, .unauthorizedMaker], exit: 77,
      "refuses the API key", .queued)
    + refused([.forbidden, .accessDenied], exit: 77, "refuses this account", .queued)
    + refused([.paymentRequired], exit: 77, "wants to be paid first", .queued)
    + refused(
      [.outOfCallVolume, .outOfCallVolumeForDays], exit: 75, "it is filled again at", .queued)
    + refused([.quotaExceeded, .setLimitExceeded], exit: 75, "allowance is used up", .queued)
    + refused([.retryAbsurd], exit: 75, "no more requests until", .queued)
    + refused([.redirect, .redirectForGood], exit: 69, "is not the gateway", .queued)
    + refused(
      [.serverError, .serverErrorMaker, .badGateway, .unavailable, .gatewayTimeout, .originDown],
      exit: 69, "sync --retry-unknown", .unknown)
    + refused([.okWithMakerError], exit: 69, "nobody can say whether it was made", .unknown)
    + [Refusal.successAlone, .emptyObject, .unreadable, .emptyBody, .page].map {
      Row(
        "submit: \($0.rawValue)", [Rule(on: .submit, Behaviour(refusal: $0))], exit: 69,
        "nobody can say whether it was made", .unknown, charges: 1...1)
    }
    + [
      Row(
        "submit: 429, then accepted",
        [Rule(on: .submit, nth: 1, Behaviour(refusal: .retryInSeconds))], exit: 0, "a cat",
        .complete, charges: 1...1)
    ]

  private static let connections: [Row] =
    ([.closeAfterRequest, .resetAfterRequest, .cutReply] as [ConnectionFault]).map {
      Row(
        "connection: \($0.rawValue)", [Rule(on: .submit, Behaviour(connection: $0))], exit: 69,
        "may have been paid for", .unknown, charges: 1...1)
    } + [
      Row(
        "connection: stall", [Rule(on: .submit, Behaviour(connection: .stall))], exit: 69,
        "may have been paid for", .unknown, charges: 0...1,
        patience: ["SEEDBANK_SUBMIT_TIMEOUT": "2"])
    ]

  private static func job(
    _ name: String, _ plan: JobPlan, _ more: [Rule] = [], exit: Int32, _ words: String,
    _ status: Status, patience: [String: String] = [:]
  ) -> Row {
    let submit = Rule(on: .submit, Behaviour(accept: Acceptance(style: .job), job: plan))
    return Row(
      "job: \(name)", more + [submit], exit: exit, words, status, charges: 1...1,
      patience: patience)
  }

  private static let polls: [Row] = [
    job("succeeds", JobPlan(statuses: ["pending", "SUCCESS"]), exit: 0, "a cat", .complete),
    job("fails", JobPlan(statuses: ["Failed"]), exit: 69, "the job failed", .failed),
    job("is held back", JobPlan(statuses: ["nsfw"]), exit: 69, "the job failed", .failed),
    job("has no image", JobPlan(images: false), exit: 69, "may have been billed", .failed),
    job(
      "never ends", JobPlan(statuses: ["pending"]), exit: 75, "1 pending", .pending,
      patience: ["SEEDBANK_POLL_DEADLINE": "1"]),
    job(
      "is gone", JobPlan(missing: 100_000), exit: 69, "knows no such job", .lost,
      patience: ["SEEDBANK_POLL_GRACE": "0.1"]),
    job(
      "may not be asked after", JobPlan(),
      [Rule(on: .poll, Behaviour(refusal: .unauthorizedFront))], exit: 77, "refuses the API key",
      .pending),
    job(
      "is asked after too often", JobPlan(),
      [Rule(on: .poll, Behaviour(refusal: .outOfCallVolume))], exit: 75, "allowance is used up",
      .pending),
    job(
      "is asked after in vain", JobPlan(), [Rule(on: .poll, Behaviour(refusal: .badGateway))],
      exit: 75, "1 pending", .pending, patience: ["SEEDBANK_POLL_DEADLINE": "1"]),
  ]

  private static func download(
    _ name: String, _ behaviour: Behaviour, exit: Int32, _ words: String, _ status: Status
  ) -> Row {
    Row(
      "download: \(name)", [Rule(on: .download, behaviour)], exit: exit, words, status,
      charges: 1...1)
  }

  private static let downloads: [Row] =
    [403, 404, 410].map {
      download(
        "\($0)", Behaviour(answer: Answer($0, .html)), exit: 69, "its link expired (\($0))", .lost)
    } + [
      download(
        "a web page", Behaviour(transfer: Transfer(fault: .page)), exit: 75,
        "what came is not an image", .ready),
      download(
        "a file: address", Behaviour(transfer: Transfer(fault: .redirectToFile)), exit: 75,
        "must not be followed", .ready),
      download(
        "a redirect without end", Behaviour(transfer: Transfer(fault: .redirectLoop)), exit: 75,
        "must not be followed", .ready),
    ]
}
