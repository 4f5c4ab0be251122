import Testing

@testable import GatewaySimulator

@Suite("Polls")
struct PollTests {
  /// Polls `count` times, and returns each status (HTTP and word) and whether images were in the
  /// reply.
  private func polls(_ count: Int, _ plan: JobPlan) async throws -> [String] {
    try await withGateway(
      Rule(on: .submit, Behaviour(accept: Acceptance(style: .job), job: plan))
    ) { gateway in
      let client = RawClient(gateway)
      _ = try await client.submit()
      let job = await gateway.ledger.charges[0].job
      var seen: [String] = []
      for _ in 0..<count {
        let reply = try await client.poll(job)
        let json = try JSON(parsing: reply.body)
        if case .text(let word)? = json["status"] {
          seen.append(json["images"] == nil ? word : word + "+")
        } else {
          seen.append("\(reply.status ?? 0)")
        }
      }
      #expect(await gateway.ledger.polls == count)
      return seen
    }
  }

  @Test("a job without other settings is done at once")
  func done() async throws {
    #expect(try await polls(2, JobPlan()) == ["succeeded+", "succeeded+"])
  }

  @Test("statuses are returned in order, in any spelling, and the last one is repeated")
  func sequence() async throws {
    let words = ["PENDING", "in_progress", "queued", "warming up", "Success"]
    #expect(
      try await polls(6, JobPlan(statuses: words))
        == ["PENDING", "in_progress", "queued", "warming up", "Success+", "Success+"])
    #expect(
      try await polls(3, JobPlan(statuses: ["pending"])) == ["pending", "pending", "pending"])
  }

  @Test("a job may be unknown at first, fail, or succeed without an image")
  func oddities() async throws {
    #expect(try await polls(3, JobPlan(missing: 2)) == ["404", "404", "succeeded+"])
    #expect(try await polls(1, JobPlan(images: false)) == ["succeeded"])
    #expect(try await polls(2, JobPlan(statuses: ["running", "NSFW"])) == ["running", "NSFW"])
  }

  @Test("the offered file is the one that the request asked for")
  func file() async throws {
    try await withGateway(
      Rule(on: .submit, nth: 1, Behaviour(accept: Acceptance(style: .job)))
    ) { gateway in
      let client = RawClient(gateway)
      _ = try await client.submit()
      let reply = try await JSON(parsing: client.poll(gateway.ledger.charges[0].job).body)
      guard case .list(let images)? = reply["images"], case .text(let url)? = images[0]["url"]
      else {
        Issue.record("no image")
        return
      }
      let direct = try await client.get(client.offered())
      #expect(try await client.get(url).body == direct.body)
    }
  }

  @Test("an unknown job is not found, and a poll needs an id")
  func unknown() async throws {
    try await withGateway { gateway in
      let unknown = try await RawClient(gateway).poll("job-0")
      let empty = try await RawClient(gateway).post(
        "/ai-model-api-polling/getGenerationResults", "{}")
      #expect(unknown.status == 404 && empty.status == 400)
    }
  }
}
