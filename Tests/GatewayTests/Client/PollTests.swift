import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("Polling over HTTP")
  struct PollTests {
    @Test("the request is the page's, and a foreign id is only ever data")
    func request() async throws {
      try await RawServer.run(.always(.reply(200, #"{"status":"queued"}"#))) { server in
        let answer = try await withClient(server.base) { await $0.poll("j\"1\\") }
        #expect(Summary.of(answer.outcome) == "pending inFlight queued")
        let request = try #require(server.requests.first)
        #expect(request.head.hasPrefix("POST /ai-model-api-polling/getGenerationResults HTTP/1.1"))
        #expect(request.body == #"{"job_set_id":"j\"1\\"}"#)
        #expect(request.header("Ocp-Apim-Subscription-Key") == secret)
      }
    }

    @Test("polls share a connection")
    func reuse() async throws {
      try await RawServer.run(.always(.reply(200, #"{"status":"queued"}"#))) { server in
        try await withClient(server.base) { client in
          for _ in 0..<5 { _ = await client.poll("j") }
        }
        #expect(server.requests.map(\.connection) == [1, 1, 1, 1, 1])
      }
    }

    @Test("a submit does not use a poll's connection")
    func apart() async throws {
      try await RawServer.run(.always(.reply(200, #"{"id":"j"}"#))) { server in
        try await withClient(server.base) { client in
          _ = await client.poll("j")
          _ = await client.submit(RequestBody(recorded: Array("{}".utf8)))
          _ = await client.poll("j")
        }
        #expect(server.requests.map(\.connection) == [1, 2, 1])
      }
    }

    @Test("silence, a lost connection and a redirect leave the job as it was")
    func trouble() async throws {
      for (steps, expected) in [
        ([RawServer.Step.hang], "later timedOut"),
        ([.close], "later connection(SeedbankProviders.ConnectionFault.closed)"),
        ([.reply(302, "", "Location: http://127.0.0.1/")], "later unexpectedStatus(302)"),
      ] {
        var settings = GatewaySettings()
        if expected.hasSuffix("timedOut") { settings.pollTimeout = .milliseconds(200) }
        try await RawServer.run(RawServer.Script { _ in steps }) { [settings] server in
          let answer = try await withClient(server.base, settings) { await $0.poll("j") }
          #expect(Summary.of(answer.outcome).hasPrefix(expected))
        }
      }
    }

    @Test(
      "JSON that is complete is used although its length or its last chunk is wrong",
      arguments: [
        (
          #"{"status":"succeeded","images":["https://c.example/a"]}"#,
          "offered link(https://c.example/a)"
        ),
        (#"{"status":"running"}"#, "pending inFlight running"),
        // A job that has failed cannot be polled again.
        (#"{"status":"failed"}"#, "later connection("),
        (#"{"status":"succeeded","images":["https://c.ex"#, "later connection("),
      ])
    func damagedFraming(_ body: String, _ expected: String) async throws {
      let length = body.utf8.count
      for reply in [
        "HTTP/1.1 200 OK\r\nContent-Length: \(length + 9)\r\n\r\n\(body)",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "\(String(length, radix: 16))\r\n\(body)\r\n",
      ] {
        try await RawServer.run(.always(.send(reply), .close)) { server in
          let answer = try await withClient(server.base) { await $0.poll("j") }
          #expect(Summary.of(answer.outcome).hasPrefix(expected))
          #expect((answer.reply == nil) == expected.hasPrefix("later"))
        }
      }
    }

    @Test(
      "an unrequested reply is not used for the next request",
      arguments: [true, false])
    func unsolicited(_ isInOnePiece: Bool) async throws {
      let waiting = (1...5).map { _ in Event() }
      let script = RawServer.Script { request in
        let number = Int(request.body.filter(\.isNumber)) ?? 1
        let (asked, forged) = (
          Self.whole(#"{"status":"queued \#(number)"}"#), Self.whole(#"{"status":"forged"}"#)
        )
        let isThere = RawServer.Step.act { _ in waiting[number - 1].happen() }
        return isInOnePiece
          ? [.send(asked + forged), isThere] : [.send(asked), .send(forged), isThere]
      }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          for number in 1...5 {
            let said = Summary.of(await client.poll("\(number)").outcome)
            #expect(!said.contains("forged"))
            // A reply that arrives after the next request was sent cannot be distinguished from the
            // reply to it.
            await waiting[number - 1].wait()
          }
        }
      }
    }

    private static func whole(_ body: String) -> String {
      "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body
    }

    @Test("an interim reply is ignored")
    func interim() async throws {
      let interim = RawServer.Step.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
      try await RawServer.run(.always(interim, .reply(200, #"{"status":"queued"}"#))) { server in
        let answer = try await withClient(server.base) { await $0.poll("j") }
        #expect(Summary.of(answer.outcome) == "pending inFlight queued")
      }
    }
  }
}
