import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

/// Replies that any service, or a server in front of it, may send.
@Suite("An unusual reply of any service")
struct ProviderReplyTests {
  struct Reply: Sendable, CustomTestStringConvertible {
    let name: String
    let answer: Answer
    /// The status after a run in which the reply came once to a submit.
    let status: Status
    /// The same for services with jobs, if it differs.
    var withJobs: Status?

    var testDescription: String { name }
  }

  private static let page = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>"

  static let submits = [
    Reply(
      name: "no money, one level down",
      answer: Answer(
        200,
        body:
          #"{"data":[{"error":{"code":"InsufficientBalance","message":"Insufficient balance"}}]}"#
      ), status: .queued),
    Reply(
      name: "an error of the service, one level down",
      answer: Answer(200, body: #"{"data":{"error":"internal error"}}"#, charged: true),
      status: .unknown),
    Reply(
      name: "an empty success", answer: Answer(200, body: #"{"data":[]}"#, charged: true),
      status: .unknown),
    Reply(
      name: "an empty object", answer: Answer(200, body: "{}", charged: true), status: .unknown),
    Reply(
      name: "a page with 200", answer: Answer(200, body: page, charged: true), status: .unknown),
    Reply(
      name: "half of the JSON",
      answer: Answer(200, body: #"{"data":[{"url":"https://cdn.exam"#, charged: true),
      status: .unknown),
    Reply(
      name: "a reply over the limit",
      answer: Answer(
        200, body: "{\"padding\":\"" + String(repeating: "x", count: 3 << 20) + "\"}",
        charged: true), status: .unknown),
    Reply(
      name: "too many requests, with a pause",
      answer: Answer(429, body: #"{"detail":"slow down"}"#).pausing(1), status: .complete),
    Reply(
      name: "a redirect to another address",
      answer: Answer(307, .empty, headers: ["Location": "https://other.example/"]),
      status: .queued),
    Reply(
      name: "a redirect after the work",
      answer: Answer(303, .empty, headers: ["Location": "https://other.example/"], charged: true),
      status: .unknown),
    Reply(
      name: "a job with an unknown status",
      answer: Answer(
        200, body: #"{"id":"r-1","request_id":"r-1","status":"FANTASTIC"}"#, charged: true),
      status: .unknown, withJobs: .lost),
    Reply(
      name: "a refusal that contains the key",
      answer: Answer(400, body: #"{"error":{"code":"BadThing","message":"the key {key} is bad"}}"#),
      status: .failed),
  ]

  private static let limits: GatewaySettings = {
    var limits = GatewaySettings()
    limits.replyLimit = 2 << 20
    return limits
  }()

  @Test(
    "to a submit has the same meaning for each of them", arguments: ServiceCase.all, submits)
  func submit(_ service: ServiceCase, _ reply: Reply) async throws {
    let rule = Rule(on: .submit, limit: 1, Behaviour(answer: reply.answer))
    try await Workbench.with(Script([rule] + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      try await bench.syncInHurry(id, client: Self.limits)
      let generation = try #require(try bench.library.generation(id))
      let hasJobs =
        ImageServices.of(kind: service.kind)?.namesJobs == true && !service.isRepeatable
      let expected = hasJobs ? reply.withJobs ?? reply.status : reply.status
      // A request that can be repeated is repeated, and its second reply counts.
      let isRepeated = service.isRepeatable && expected == .unknown
      #expect(
        generation.status == (isRepeated ? .complete : expected),
        "\(generation.failure?.message ?? "")")
      let charges = await bench.gateway.ledger.charges
      #expect(charges.count <= 1)
      try expectWords(generation, service, in: bench)
      try expectCost(generation)
      try await bench.expectSound()
    }
  }

  static let polls =
    submits.filter { $0.withJobs == nil && $0.status != .failed } + [
      Reply(
        name: "an unknown status", answer: Answer(200, body: #"{"id":"x","status":"FANTASTIC"}"#),
        status: .complete)
    ]

  @Test(
    "an unusual reply to a poll does not end the job",
    arguments: ServiceCase.all.filter(\.isQueue), polls)
  func poll(_ service: ServiceCase, _ reply: Reply) async throws {
    let rule = Rule(on: .poll, limit: 1, Behaviour(answer: reply.answer))
    try await Workbench.with(Script([rule] + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      // If the account has no money, the next run finds that it has.
      try await bench.syncInHurry(id, client: Self.limits)
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete, "\(generation.failure?.message ?? "")")
      #expect(await bench.gateway.ledger.charges.count == 1)
      try expectWords(generation, service, in: bench)
      try await bench.expectSound()
    }
  }

  /// What was not charged has no cost, and what may be charged has one.
  private func expectCost(_ generation: Generation) throws {
    if generation.status == .failed { #expect(generation.provider.cost == nil) }
    let hasPrice = ["ark", "fal"].contains(generation.provider.name)
    if hasPrice, generation.status != .failed { #expect(generation.provider.cost != nil) }
  }

  /// Messages name the provider and never contain the key.
  private func expectWords(
    _ generation: Generation, _ service: ServiceCase, in bench: Workbench
  ) throws {
    let details = try bench.library.timeline(of: generation.id).compactMap(\.detail)
    let said = (details + [generation.failure?.message ?? ""]).joined(separator: "\n")
    #expect(!said.contains(SimulatedGateway.defaultKey), "\(said)")
    if service.kind != "pixazo" { #expect(!said.contains("the gateway"), "\(said)") }
    let bodies = try bench.library.recordedReplies(of: generation.id)
    for body in [bodies.submit, bodies.poll].compactMap(\.self) {
      #expect(!String(decoding: body, as: UTF8.self).contains(SimulatedGateway.defaultKey))
    }
  }
}

extension Answer {
  /// The answer with a pause that it asks for, in seconds.
  fileprivate func pausing(_ seconds: Int) -> Answer {
    var answer = self
    answer.retryAfter = RetryAfter(seconds: seconds)
    return answer
  }
}
