import FoundationEssentials
import Testing

@testable import GatewaySimulator

@Suite("Submit")
struct SubmitTests {
  @Test("a good request is answered as documented, and charged once")
  func goodDay() async throws {
    try await withGateway { gateway in
      let client = RawClient(gateway)
      let reply = try await client.submit(
        #"{"prompt": "a cat", "seed": 7, "size": "1024x1024", "watermark": false}"#)
      #expect(reply.status == 200)
      let good = try reply.json(GoodReply.self)
      #expect(good.usage?.outputTokens == 4096)
      let file = try await client.get(good.data[0].url ?? "")
      #expect(file.status == 200 && file.complete)
      #expect(file.body.starts(with: [0xff, 0xd8]) && file.body.suffix(2) == [0xff, 0xd9])
      let again = try await client.get(good.data[0].url ?? "")
      #expect(again.body == file.body)
      let ledger = await gateway.ledger
      #expect(ledger.charges.map(\.seed) == [7])
      #expect(ledger.submits == 1 && ledger.refused == 0 && ledger.downloads == 2)
      #expect(ledger.keyLeaks.isEmpty)
    }
  }

  @Test("base64 contains the same file as the address")
  func base64() async throws {
    try await withGateway { gateway in
      let client = RawClient(gateway)
      let file = try await client.get(client.offered())
      let reply = try await client.submit(prompt: "a cat", #", "response_format": "b64_json""#)
      let text = try reply.json(GoodReply.self).data[0].base64 ?? ""
      #expect(Data(base64Encoded: text) == Data(file.body))
    }
  }

  @Test(
    "a request that the maker would refuse is refused, and not charged",
    arguments: [
      (#"{"prompt": ""}"#, 400), (#"{"prompt": "  "}"#, 400), (#"{}"#, 400), ("[", 400),
      (#"{"prompt": 4}"#, 400),
      (#"{"prompt": "a", "size": "511x512"}"#, 400), (#"{"prompt": "a", "size": "2049x512"}"#, 400),
      (#"{"prompt": "a", "size": "1K"}"#, 400), (#"{"prompt": "a", "seed": -2}"#, 400),
      (#"{"prompt": "a", "seed": 2147483648}"#, 400), (#"{"prompt": "a", "seed": 1.5}"#, 400),
      (#"{"prompt": "a", "guidance_scale": 0.9}"#, 400),
      (#"{"prompt": "a", "guidance_scale": 10.5}"#, 400),
      (#"{"prompt": "a", "watermark": "no"}"#, 400),
      (#"{"prompt": "a", "response_format": "jpeg"}"#, 400),
      (#"{"prompt": "a", "model": "dall-e"}"#, 404),
      (#"{"prompt": "a", "model": "seedream-4-0-250828", "guidance_scale": 2.5}"#, 400),
      (#"{"prompt": "a", "model": "seedream-4-0-250828", "size": "512x512"}"#, 400),
      (#"{"prompt": "a", "model": "seedream-4-5-251128", "size": "1K"}"#, 400),
      (#"{"prompt": "a", "model": "seedream-5-0-260128", "guidance_scale": 2}"#, 400),
    ])
  func refused(body: String, status: Int) async throws {
    try await withGateway { gateway in
      let reply = try await RawClient(gateway).submit(body)
      #expect(reply.status == status, "\(body)")
      let ledger = await gateway.ledger
      #expect(ledger.charges.isEmpty && ledger.refused == 1)
    }
  }

  @Test(
    "named sizes are pixels",
    arguments: [
      ("seedream-4-0-250828", "1K", 1024, 1024), ("seedream-4-0-250828", "1280x720", 1280, 720),
      ("seedream-5-0-260128", "1.5K", 1536, 1536), ("seedream-4-5-251128", "4K", 4096, 4096),
      ("ep-20260101-abc", "512x640", 512, 640),
    ])
  func presets(model: String, size: String, width: Int, height: Int) throws {
    let body = #"{"prompt": "a", "model": "\#(model)", "size": "\#(size)"}"#
    let request = try SubmitRequest(Array(body.utf8))
    #expect(request.size == PixelSize(width: width, height: height))
  }

  @Test("a wrong or missing key is refused by the front", arguments: ["wrong", nil])
  func keys(key: String?) async throws {
    try await withGateway { gateway in
      let client = RawClient(gateway, key: key)
      for reply in [try await client.submit(), try await client.poll("x")] {
        #expect(reply.status == 401)
        #expect(reply.header("WWW-Authenticate") != nil)
        #expect(reply.text.contains(#""statusCode":401"#))
      }
      #expect(await gateway.ledger.charges.isEmpty)
    }
  }

  @Test("every refusal is sent as described", arguments: Refusal.allCases)
  func refusals(_ refusal: Refusal) async throws {
    let answer = refusal.answer
    try await withGateway(Rule(Behaviour(refusal: refusal))) { gateway in
      let client = RawClient(gateway)
      for reply in [try await client.submit(), try await client.poll("x")] {
        #expect(reply.status == answer.status)
        #expect(reply.complete)
        if let body = answer.body { #expect(reply.text == body) }
        if let code = answer.code { #expect(reply.text.contains(code)) }
        #expect((reply.header("Retry-After") != nil) == (answer.retryAfter != nil))
        #expect(reply.header("Location") == answer.headers?["Location"])
        #expect(reply.text.contains("<html>") == (answer.shape == .html))
      }
      let ledger = await gateway.ledger
      #expect(ledger.charges.count == (answer.charged == true ? 1 : 0))
      #expect(ledger.refused + ledger.charges.count == 1)
    }
  }

  @Test("a refusal can be charged all the same, and a limit ends it")
  func charged() async throws {
    let rule = Rule(on: .submit, limit: 1, Behaviour(refusal: .serverError, charged: true))
    try await withGateway(rule) { gateway in
      let client = RawClient(gateway)
      let statuses = [try await client.submit().status, try await client.submit().status]
      #expect(statuses == [500, 200])
      let ledger = await gateway.ledger
      #expect(ledger.charges.count == 2)
      #expect(ledger.paidTwice == [ledger.charges[0].intent])
    }
  }

  @Test("the quota ends at a call, and another script resets it")
  func allowance() async throws {
    try await withGateway(Rule(on: .submit, from: 3, Behaviour(refusal: .outOfCallVolume))) {
      gateway in
      let client = RawClient(gateway)
      var statuses: [Int?] = []
      for seed in 1...4 { statuses.append(try await client.submit(seed: seed).status) }
      #expect(statuses == [200, 200, 403, 403])
      await gateway.follow(Script())
      #expect(try await client.submit(seed: 5).status == 200)
    }
  }

  @Test(
    "Retry-After is in seconds, a date compared with the reply's own clock, or an extreme value")
  func retryAfter() async throws {
    let clock: @Sendable () -> Double = { 1_757_499_942 }
    try await withGateway(
      Rule(
        on: .submit, Behaviour(answer: Answer(429, retryAfter: RetryAfter(date: 90)), clock: 86_400)
      ),
      now: clock
    ) { gateway in
      let reply = try await RawClient(gateway).submit()
      #expect(reply.header("Date") == "Thu, 11 Sep 2025 10:25:42 GMT")
      #expect(reply.header("Retry-After") == "Thu, 11 Sep 2025 10:27:12 GMT")
    }
  }
}
