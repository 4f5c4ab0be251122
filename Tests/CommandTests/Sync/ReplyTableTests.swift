import Foundation
import GatewaySimulator
import SeedbankModel
import Testing

/// Tests of the gateway's replies with the real binary: the exit status, the message, the status of
/// the generation, and the charges.
@Suite("A reply of the gateway")
struct ReplyTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let rules: [Rule]
    let exit: Int32
    let words: String
    let status: Status
    let charges: ClosedRange<Int>
    /// Time limits in seconds, only for rows that wait until a limit: the machine may be busy.
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
    "leads to its exit status, error sentence and charges",
    arguments: [
      Self.submits, Self.intermediaries, Self.connections, Self.polls, Self.strangePolls,
      Self.shapes, Self.downloads, Self.files, Self.echoes, Self.wires, Self.links,
    ].flatMap(\.self))
  func row(_ row: Row) async throws {
    try await SyncHarness.with(Script(row.rules)) { bench in
      bench.harness.environment.merge(row.patience) { $1 }
      let outcome = try await bench.run("generate", "a cat")
      #expect(outcome.status == row.exit, "\(outcome)")
      #expect((outcome.talk + outcome.output).contains(row.words), "\(outcome)")
      let generation = try bench.openLibrary().generation(GenerationID(1))
      #expect(generation?.status == row.status, "\(outcome)")
      #expect(row.charges.contains(await bench.gateway.ledger.charges.count))
      #expect(!(outcome.talk + outcome.output).contains(SyncHarness.key), "\(outcome)")
      let catalog = try Data(contentsOf: bench.harness.library.appending(path: "catalog.sqlite"))
      #expect(catalog.range(of: Data(SyncHarness.key.utf8)) == nil)
      // A second sync never pays twice. A generation with an offer is left out, because its
      // download would only be tried again for a long time.
      if row.status != .ready { try await bench.run("sync") }
      #expect(await bench.gateway.ledger.paidTwice.isEmpty)
    }
  }

  private static func refused(
    _ refusals: [Refusal], exit: Int32, _ words: String, _ status: Status,
    charges: ClosedRange<Int> = 0...0
  ) -> [Row] {
    refusals.map {
      Row(
        "submit: \($0.rawValue)", [Rule(on: .submit, Behaviour(refusal: $0))], exit: exit, words,
        status, charges: charges)
    }
  }

  private static let submits: [Row] = definite + waiting + uncertain + throttled

  private static let definite: [Row] = [
    refused([.badRequest, .badRequestMaker], exit: 69, "refused the request (400)", .failed),
    refused(
      [.sensitivePrompt, .sensitiveImage, .riskDetected], exit: 69, "moderation rejected",
      .failed),
    refused([.modelNotFound], exit: 69, "does not know the model", .failed),
    refused([.okWithError, .okWithoutSuccess], exit: 69, "reports an error", .failed),
  ].flatMap(\.self)

  /// Replies that show a problem with the key, the account or the address: requests stay queued.
  private static let waiting: [Row] = [
    refused(
      [.unauthorized, .unauthorizedFront, .unauthorizedMaker], exit: 77,
      "refuses the API key", .queued),
    refused([.forbidden, .accessDenied], exit: 77, "refuses this account", .queued),
    refused(
      [.paymentRequired, .insufficientBalance, .billingHardLimit, .insufficientQuota], exit: 77,
      "requires payment first", .queued),
    refused(
      [.outOfCallVolume, .outOfCallVolumeForDays], exit: 75, "The quota resets at", .queued),
    refused(
      [.quotaExceeded, .setLimitExceeded], exit: 75, "quota of the gateway is used up", .queued),
    refused([.retryAbsurd, .retryTomorrow], exit: 75, "no more requests until", .queued),
    refused(
      [.redirectKeepingMethod, .redirectForGood, .notFound, .endpointNotFound], exit: 69,
      "is not the gateway", .queued),
  ].flatMap(\.self)

  private static let uncertain: [Row] = [
    refused(
      [.redirect, .serverError, .serverErrorMaker], exit: 69, "sync --retry-unknown", .unknown),
    refused([.okWithMakerError], exit: 69, "The outcome is unknown", .unknown),
    refused(
      [
        .successAlone, .emptyObject, .unreadable, .emptyBody, .page, .found, .seeOther,
        .okWithInternalError,
      ], exit: 69, "It may have been charged", .unknown, charges: 1...1),
  ].flatMap(\.self)

  private static let throttled: [Row] = [Refusal.retryInSeconds, .retryAtOnce].map { refusal in
    Row(
      "submit: \(refusal.rawValue), then accepted",
      [Rule(on: .submit, nth: 1, Behaviour(refusal: refusal))], exit: 0, "a cat", .complete,
      charges: 1...1)
  }

  /// Replies from a proxy or another device between this computer and the gateway.
  private static let intermediaries: [Row] = [
    refused(
      [.badGateway, .unavailable, .gatewayTimeout, .originDown], exit: 69,
      "sync --retry-unknown", .unknown),
    refused(
      [.pageBadRequest, .pageNotAllowed, .pageProxyAuthentication, .pageForbidden], exit: 69,
      "not answered by the gateway", .queued),
    refused([.pageNotFound], exit: 69, "Queued requests are kept", .queued),
  ].flatMap(\.self)

  private static let connections: [Row] =
    ([.closeAfterRequest, .resetAfterRequest, .cutReply, .cutHeaders, .withoutHeader]
    as [ConnectionFault]).map {
      Row(
        "connection: \($0.rawValue)", [Rule(on: .submit, Behaviour(connection: $0))], exit: 69,
        "may have been charged", .unknown, charges: 1...1)
    } + [
      Row(
        "connection: stall", [Rule(on: .submit, Behaviour(connection: .stall))], exit: 69,
        "may have been charged", .unknown, charges: 0...1,
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

  private static let polls: [Row] =
    [
      job("succeeds", JobPlan(statuses: ["pending", "SUCCESS"]), exit: 0, "a cat", .complete),
      job("fails", JobPlan(statuses: ["Failed"]), exit: 69, "the job failed", .failed),
      job("is held back", JobPlan(statuses: ["nsfw"]), exit: 69, "the job failed", .failed),
      job(
        "has no image", JobPlan(images: false), exit: 69, "may have been charged", .failed,
        patience: ["SEEDBANK_POLL_GRACE": "0.1"]),
      job(
        "has only a null link at its first success", JobPlan(empty: 1, nullLinks: true), exit: 0,
        "a cat", .complete),
      job("has its image at the third success", JobPlan(empty: 2), exit: 0, "a cat", .complete),
      job(
        "shows a preview first", JobPlan(statuses: ["processing", "succeeded"], preview: true),
        exit: 0, "a cat", .complete),
      job(
        "never ends", JobPlan(statuses: ["pending"]), exit: 75, "1 pending", .pending,
        patience: ["SEEDBANK_POLL_DEADLINE": "1"]),
      job(
        "is gone", JobPlan(missing: 100_000), exit: 69, "no longer knows the job", .lost,
        patience: ["SEEDBANK_POLL_GRACE": "0.1"]),
      job(
        "may not be asked after", JobPlan(),
        [Rule(on: .poll, Behaviour(refusal: .unauthorizedFront))], exit: 77, "refuses the API key",
        .pending),
      job(
        "is asked after too often", JobPlan(),
        [Rule(on: .poll, Behaviour(refusal: .outOfCallVolume))], exit: 75,
        "quota of the gateway is used up",
        .pending),
    ]

  /// Replies to a poll that contain nothing about the job.
  private static let strangePolls: [Row] =
    [Refusal.badGateway, .pageNotFound, .pageForbidden, .tryAgainLater].flatMap {
      (refusal: Refusal) -> [Row] in
      [
        job(
          "gets \(refusal.rawValue) a few times", JobPlan(),
          [Rule(on: .poll, until: 3, Behaviour(refusal: refusal))], exit: 0, "a cat", .complete,
          patience: ["SEEDBANK_POLL_GRACE": "0.01"]),
        job(
          "gets \(refusal.rawValue) for good", JobPlan(),
          [Rule(on: .poll, Behaviour(refusal: refusal))], exit: 75, "1 pending", .pending,
          patience: ["SEEDBANK_POLL_DEADLINE": "1", "SEEDBANK_POLL_GRACE": "0.01"]),
      ]
    }

  /// Replies of other shapes that contain the image all the same.
  private static let shapes: [Row] =
    containers + spellings + [
      job(
        "tells its image in output.media_url", JobPlan(container: .outputMediaURL), exit: 0,
        "a cat", .complete),
      Row(
        "submit: a group of which one failed",
        [Rule(on: .submit, Behaviour(accept: Acceptance(count: 3, failed: [1])))], exit: 69,
        "image 2 of 3 is missing", .complete, charges: 1...1),
    ]

  private static let containers: [Row] = [false, true].flatMap { (wrapped: Bool) -> [Row] in
    let containers: [ImageContainer] = [.output, .outputAlone, .imageUrl, .url]
    return containers.map { container in
      job(
        "tells its image in \(container.rawValue)\(wrapped ? " inside of data" : "")",
        JobPlan(container: container, wrapped: wrapped), exit: 0, "a cat", .complete)
    }
  }

  private static let spellings: [Row] = Base64Spelling.allCases.map { spelling in
    Row(
      "submit: base64 as \(spelling.rawValue)",
      [Rule(on: .submit, Behaviour(accept: Acceptance(style: .base64, base64: spelling)))],
      exit: 0, "a cat", .complete, charges: 1...1)
  }

  private static func download(
    _ name: String, _ rules: [Rule], exit: Int32, _ words: String, _ status: Status,
    patience: [String: String] = [:]
  ) -> Row {
    Row(
      "download: \(name)", rules, exit: exit, words, status, charges: 1...1, patience: patience)
  }

  private static let downloads: [Row] =
    refusedLinks + expiredLinks + [
      download(
        "one of three refused for a moment",
        [
          Rule(on: .submit, Behaviour(accept: Acceptance(count: 3))),
          Rule(on: .download, nth: 2, Behaviour(answer: Answer(404, .html))),
        ], exit: 0, "a cat", .complete),
      download(
        "one of three refused for good",
        [
          Rule(on: .submit, Behaviour(accept: Acceptance(count: 3))),
          Rule(on: .download, from: 3, Behaviour(answer: Answer(404, .html))),
        ], exit: 69, "is missing", .complete, patience: ["SEEDBANK_IMAGE_GRACE": "0.5"]),
      download(
        "a job's link that expired",
        [
          Rule(on: .submit, Behaviour(accept: Acceptance(style: .job))),
          Rule(on: .download, nth: 1, Behaviour(refusal: .storageExpired)),
        ], exit: 0, "a cat", .complete),
    ]

  private static let refusedLinks: [Row] = [400, 403, 404, 410].flatMap { (status: Int) -> [Row] in
    let refused = Behaviour(answer: Answer(status, .html))
    let words = "its server refuses the link (\(status))"
    return [
      download(
        "\(status) for a moment", [Rule(on: .download, nth: 1, refused)], exit: 0, "a cat",
        .complete),
      download(
        "\(status) for good", [Rule(on: .download, refused)], exit: 69, words, .lost,
        patience: ["SEEDBANK_IMAGE_GRACE": "0.5"]),
      download(
        "\(status) for longer than there is patience", [Rule(on: .download, refused)], exit: 75,
        words, .ready, patience: ["SEEDBANK_POLL_DEADLINE": "0.5"]),
    ]
  }

  private static let expiredLinks: [Row] =
    [Refusal.storageExpired, .storageTokenExpired, .storageNoSuchKey].map { refusal in
      download(
        refusal.rawValue, [Rule(on: .download, Behaviour(refusal: refusal))], exit: 69,
        "its link expired", .lost)
    }

  private static func file(
    _ fault: Transfer.Fault, exit: Int32, _ words: String, _ status: Status
  ) -> Row {
    download(
      fault.rawValue, [Rule(on: .download, Behaviour(transfer: Transfer(fault: fault)))],
      exit: exit, words, status)
  }

  private static let files: [Row] = [
    file(.page, exit: 75, "the file is not an image", .ready),
    file(.redirectToFile, exit: 75, "an address that is not allowed", .ready),
    file(.redirectLoop, exit: 75, "an address that is not allowed", .ready),
    file(.gif, exit: 0, "a cat", .complete),
    file(.avif, exit: 0, "saved without being decoded: this avif", .complete),
    file(.heic, exit: 0, "saved without being decoded: this heic", .complete),
    file(.tiff, exit: 0, "saved without being decoded: this tiff", .complete),
    file(.bmp, exit: 0, "saved without being decoded: this bmp", .complete),
    file(.leadingBytes, exit: 0, "2 other bytes come before the jpeg image", .complete),
    file(.trailingBytes, exit: 0, "a cat", .complete),
  ]

  /// Replies that echo the key; no encoding of it is shown or stored.
  private static let echoes: [Row] =
    ["{key}", "{key:slashes}", "{key:unicode}", "{key:percent}", "{key:base64}"].map { mark in
      let body = #"{"error": "refused for \#(mark)"}"#
      return Row(
        "submit: the key is echoed as \(mark)",
        [Rule(on: .submit, Behaviour(answer: Answer(400, body: body)))], exit: 69,
        "refused the request (400)", .failed, charges: 0...0)
    }

  /// HTTP as real servers send it, for every kind of call.
  private static let wires: [Row] = WireSpelling.allCases.map { wire in
    Row(
      "wire: \(wire.rawValue)",
      [
        Rule(on: .submit, Behaviour(wire: wire, accept: Acceptance(style: .job))),
        Rule(on: .poll, Behaviour(wire: wire == .slow ? nil : wire)),
        Rule(on: .download, Behaviour(wire: wire == .slow ? nil : wire)),
      ], exit: 0, "a cat", .complete, charges: 1...1)
  }

  /// Links that contain the key: the server gets them back unchanged, and the key is shown nowhere
  /// else.
  private static let links: [Row] = LinkKeySpelling.allCases.map { spelling in
    Row(
      "link: the key is in its query as \(spelling.rawValue)",
      [Rule(on: .submit, Behaviour(accept: Acceptance(linkKey: spelling)))], exit: 0, "a cat",
      .complete, charges: 1...1)
  }
}
