import Foundation
import Synchronization
import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("Services over HTTP")
  struct ServiceClientTests {
    private static func request(_ endpoint: String, _ body: String = "{}") -> EncodedRequest {
      EncodedRequest(endpoint: endpoint, body: RequestBody(recorded: Array(body.utf8)))
    }

    @Test("each service gets its key in its own header, and no other has it")
    func keys() async throws {
      for service in ImageServices.all {
        try await RawServer.run(.always(.reply(200, "{}"))) { server in
          try await withClient(server.base, service: service) { client in
            _ = await client.submit(Self.request("/x"), clientID: "c-1")
          }
          let request = try #require(server.requests.first)
          let field = service.keyField
          #expect(request.header(field.name) == field.prefix + secret)
          #expect(request.head.components(separatedBy: secret).count == 2)
        }
      }
    }

    @Test("a result is fetched from the service itself, not from the links of its reply")
    func links() async throws {
      let script = RawServer.Script { request in
        switch request.target {
        case "/fal-ai/bytedance/requests/r-1/status":
          [
            .reply(
              200,
              #"{"status":"COMPLETED","response_url":"http://127.0.0.1:1/x","status_url":"http://127.0.0.1:1/y"}"#
            )
          ]
        case "/fal-ai/bytedance/requests/r-1":
          [.reply(200, #"{"images":[{"url":"https://cdn.example/a.png"}],"seed":3}"#)]
        default: [.reply(404, "{}")]
        }
      }
      try await RawServer.run(script) { server in
        let answer = try await withClient(server.base, service: Fal()) {
          await $0.poll("r-1", at: "/fal-ai/bytedance/seedream/v4/edit")
        }
        #expect(Summary.of(answer.outcome) == "offered link(https://cdn.example/a.png) seed=3")
        #expect(server.requests.count == 2)
      }
    }

    private static func event(_ index: Int) -> String {
      let url = "http://cdn.example/\(index).jpeg"
      return "data: {\"type\":\"image_generation.partial_succeeded\",\"image_index\":\(index),"
        + "\"url\":\"\(url)\"}\n\n"
    }

    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

    @Test("an event is kept before the next one is read")
    func events() async throws {
      let kept = Mutex<[Int]>([])
      let script = RawServer.Script.always(
        .send(Self.head + "Connection: close\r\n\r\n" + Self.event(0)), .send(Self.event(1)),
        .send("data: {\"type\":\"image_generation.completed\",\"usage\":{}}\n\n"), .close)
      try await RawServer.run(script) { server in
        let answer = try await withClient(server.base, service: Ark()) { client in
          await client.submit(Self.request("/images/generations"), clientID: "c-1") { record in
            kept.withLock { $0.append(Offers.read(record)?.images.count ?? 0) }
          }
        }
        guard case .offered(let offers) = answer.outcome else {
          Issue.record("\(answer.outcome)")
          return
        }
        #expect(offers.images.map(\.position) == [1, 2] && !offers.isCutOff)
        #expect(kept.withLock { $0 } == [1, 2, 2])
      }
    }

    @Test("of a stream that ends early the images are kept, and the rest is reported as open")
    func broken() async throws {
      let script = RawServer.Script.always(
        .send(Self.head + "Content-Length: 9999\r\n\r\n" + Self.event(0)), .reset)
      try await RawServer.run(script) { server in
        let answer = try await withClient(server.base, service: Ark()) { client in
          await client.submit(
            Self.request("/images/generations"), clientID: "c-1", firstPosition: 4)
        }
        let summary = Summary.of(answer.outcome)
        // A reset can arrive before the bytes that were sent earlier.
        if summary.hasPrefix("offered") {
          #expect(summary == "offered 4:link(http://cdn.example/0.jpeg) cut off")
          #expect(answer.reply.flatMap { Offers.read($0.body) }?.isCutOff == true)
        } else {
          #expect(summary.hasPrefix("unknown connectionLost"))
        }
      }
    }

    @Test("the key is not kept in an event that echoes it")
    func echoed() async throws {
      let script = RawServer.Script.always(
        .send(
          Self.head
            + "Connection: close\r\n\r\ndata: {\"error\":{\"message\":\"key \(secret)\"}}\n\n"),
        .close)
      let kept = Mutex("")
      try await RawServer.run(script) { server in
        let answer = try await withClient(server.base, service: Ark()) { client in
          await client.submit(Self.request("/images/generations")) { record in
            kept.withLock { $0 += String(decoding: record, as: UTF8.self) }
          }
        }
        let said = kept.withLock { $0 } + Summary.of(answer.outcome)
        #expect(said.contains("key ") && !said.contains(secret))
      }
    }

    @Test("images are read while they are sent, and the length is announced")
    func upload() async throws {
      let image = [UInt8](repeating: 0x61, count: 300_000)
      let source = ReferenceBytes(mediaType: "image/png", count: Int64(image.count)) {
        offset, buffer in
        let part = image.dropFirst(Int(offset)).prefix(buffer.count)
        buffer.copyBytes(from: part)
        return part.count
      }
      try await RawServer.run(.always(.reply(200, "{}"))) { server in
        try await withClient(server.base, service: OpenAICompatible()) { client in
          _ = await client.submit(
            Self.request("/images/edits", #"{"prompt":"p","image":"sha256:ab"}"#),
            clientID: "c-1", references: ["sha256:ab": source])
        }
        let request = try #require(server.requests.first)
        #expect(request.head.hasPrefix("POST /images/edits "))
        #expect(
          request.header("Content-Type") == "multipart/form-data; boundary=seedbank-c-1")
        #expect(request.body.utf8.count { $0 == 0x61 } > 300_000)
        #expect(request.header("Content-Length") == "\(request.body.utf8.count)")
      }
    }

    private static func image(_ count: Int) -> ReferenceBytes {
      ReferenceBytes(mediaType: "image/png", count: Int64(count)) { offset, buffer in
        let length = min(buffer.count, count - Int(offset))
        buffer.copyBytes(from: [UInt8](repeating: 0x61, count: length))
        return length
      }
    }

    @Test("a large image goes to the address for files, and its link is read from the reply")
    func files() async throws {
      let link = "https://files.example/f-1"
      let script = RawServer.Script.always(.reply(201, #"{"id":"f-1","urls":{"get":"\#(link)"}}"#))
      try await RawServer.run(script) { server in
        let request = Self.request("/v1/models/a/b/predictions")
        let outcome = try await withClient(server.base, service: Replicate()) { client in
          await client.upload(
            Self.image(1_500_000), named: "sha256:ab", for: request, clientID: "c-1")
        }
        #expect(outcome == .stored(link: link))
        let sent = try #require(server.requests.first)
        #expect(sent.head.hasPrefix("POST /v1/files ") && server.requests.count == 1)
        #expect(sent.header("Authorization") == "Bearer " + secret)
        #expect(sent.body.contains(#"name="content"; filename="image.png""#))
        #expect(sent.header("Content-Length") == "\(sent.body.utf8.count)")
      }
    }

    @Test("small images, and those for a Cog server, are part of the request")
    func inline() async throws {
      try await withClient("http://127.0.0.1:9", service: Replicate()) { client in
        for (count, endpoint) in [(1_000_000, "/v1/predictions"), (9_000_000, "/predictions")] {
          let outcome = await client.upload(
            Self.image(count), named: "sha256:ab", for: Self.request(endpoint), clientID: "c-1")
          #expect(outcome == nil)
        }
      }
    }

    @Test(
      "an upload without a usable link brings no link",
      arguments: [
        (200, "{}", "unknown"), (200, "<html></html>", "intercepted"),
        (201, #"{"id":"f-1","urls":{"get":"file:///etc/passwd"}}"#, "unknown"),
        (401, #"{"detail":"no key"}"#, "key invalid"), (402, "{}", "key payment"),
        (413, "{}", "refused badRequest"), (429, #"{"detail":"x resets in ~3s"}"#, "throttled"),
        (500, "{}", "unknown server"), (307, "", "refused redirected"),
      ])
    func unusable(_ status: Int, _ body: String, _ expected: String) {
      let reply = Reply(status: status, body: Array(body.utf8))
      guard case .refused(let outcome) = Replicate().readUpload(reply, at: ReplyFixture.arrival)
      else {
        Issue.record("a link was read")
        return
      }
      #expect(Summary.of(outcome).hasPrefix(expected), "\(Summary.of(outcome))")
    }

    @Test("a request to a Cog server is a PUT with our own id, and waits for the result")
    func put() async throws {
      let reply =
        #"{"id":"c-1","status":"succeeded","output":"data:image/png;base64,QUFB","logs":""}"#
      try await RawServer.run(.always(.reply(200, reply))) { server in
        let answer = try await withClient(server.base, service: Replicate()) { client in
          await client.submit(Self.request("/predictions", #"{"input":{}}"#), clientID: "c-1")
        }
        #expect(Summary.of(answer.outcome) == "offered inline(3 bytes)")
        let request = try #require(server.requests.first)
        #expect(request.head.hasPrefix("PUT /predictions/c-1 ") && request.body == #"{"input":{}}"#)
        #expect(request.header("Prefer") == nil)
      }
    }
  }
}
