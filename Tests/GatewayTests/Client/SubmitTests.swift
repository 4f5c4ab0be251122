import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("Submitting over HTTP")
  struct SubmitTests {
    private let body = RequestBody(recorded: Array(#"{"prompt":"a cat","seed":42}"#.utf8))
    private let image = #"{"data":[{"url":"https://c.example/a.jpg"}]}"#

    @Test("the request is the page's, byte for byte")
    func request() async throws {
      try await RawServer.run(.always(.reply(200, image))) { server in
        let answer = try await withClient(server.base + "/base") { await $0.submit(body) }
        #expect(Summary.of(answer.outcome) == "offered link(https://c.example/a.jpg)")
        #expect(answer.reply?.body == Array(image.utf8))
        let request = try #require(server.requests.first)
        #expect(request.head.hasPrefix("POST /base/byteplus/v1/getTextToImage HTTP/1.1\r\n"))
        #expect(request.body == #"{"prompt":"a cat","seed":42}"#)
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.header("Cache-Control") == "no-cache")
        #expect(request.header("Ocp-Apim-Subscription-Key") == secret)
        #expect(request.header("Connection") == "close")
        #expect(request.header("Host") == "127.0.0.1:\(server.port)")
      }
    }

    @Test("each submit has its own connection, also if the server would keep one open")
    func freshConnections() async throws {
      let script = RawServer.Script { [image] _ in [.reply(200, image, "Connection: keep-alive")] }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          for _ in 0..<5 { _ = await client.submit(body) }
        }
        #expect(server.requests.map(\.connection) == [1, 2, 3, 4, 5])
      }
    }

    @Test("a server that closes after its reply causes no second request")
    func keepAliveClosed() async throws {
      let script = RawServer.Script { [image] _ in
        [.reply(200, image, "Connection: keep-alive"), .close]
      }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          for _ in 0..<5 {
            #expect(Summary.of(await client.submit(body).outcome).hasPrefix("offered"))
          }
        }
        #expect(server.requests.count == 5)
      }
    }

    @Test("closed after the request: unknown, and sent once")
    func closedAfterRequest() async throws {
      try await RawServer.run(.always(.close)) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        #expect(
          Summary.of(answer.outcome)
            == "unknown connectionLost(SeedbankProviders.ConnectionFault.closed)")
        #expect(server.requests.count == 1)
        #expect(server.connections == 1)
      }
    }

    @Test(
      "a reply that is cut is unknown, and sent once",
      arguments: [
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"data\":[",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"da",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "nonsense\r\n\r\n",
      ])
    func cut(_ reply: String) async throws {
      try await RawServer.run(.always(.send(reply), .close)) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome).hasPrefix("unknown connectionLost"))
        #expect(answer.reply == nil)
        #expect(server.requests.count == 1)
      }
    }

    private static let link = #"{"data":[{"url":"https://c.example/a.jpg"}],"usage":{}}"#
    private static let job = #"{"job_set_id":"j","status":"queued"}"#
    private static let wrongFrames: [@Sendable (String) -> String] = [
      { body in
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          + String(body.utf8.count, radix: 16) + "\r\n\(body)\r\n"
      },
      { body in "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count + 9)\r\n\r\n\(body)" },
    ]

    @Test(
      "JSON that is complete is kept, although the end of its HTTP body is missing",
      arguments: [(link, "offered link(https://c.example/a.jpg)"), (job, "accepted j")], [0, 1])
    func wrongFrame(_ reply: (String, String), _ frame: Int) async throws {
      let text = Self.wrongFrames[frame](reply.0)
      try await RawServer.run(.always(.send(text), .close)) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome) == reply.1)
        #expect(answer.reply?.body == Array(reply.0.utf8))
        #expect(server.requests.count == 1)
      }
    }

    @Test("JSON without an image or a job is not used if the end of its HTTP body is missing")
    func wrongFrameWithoutResult() async throws {
      for (frame, body) in [(0, #"{"success":true}"#), (1, "{}")] {
        let text = Self.wrongFrames[frame](body)
        try await RawServer.run(.always(.send(text), .close)) { server in
          let answer = try await withClient(server.base) { await $0.submit(self.body) }
          #expect(Summary.of(answer.outcome).hasPrefix("unknown connectionLost"))
          #expect(answer.reply == nil)
        }
      }
    }

    @Test("a reply without a length ends with its connection")
    func untilClose() async throws {
      let reply = "HTTP/1.1 200 OK\r\n\r\n" + image
      try await RawServer.run(.always(.send(reply), .close)) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome).hasPrefix("offered"))
      }
    }

    @Test("connection refused: not submitted")
    func refused() async throws {
      let port = try await RawServer.run(.always()) { $0.port }
      let answer = try await withClient("http://127.0.0.1:\(port)") { await $0.submit(body) }
      #expect(
        answer.outcome
          == .notSubmitted(
            NotSubmitted(reason: .connection(.refused), retryAfter: nil, message: .none)))
    }

    @Test("failed TLS handshake: not submitted", arguments: [true, false])
    func plainTextOverTLS(_ isHangingUp: Bool) async throws {
      try await RawServer.run(.always(.reply(400), .close), isHangingUp: isHangingUp) { server in
        var settings = GatewaySettings()
        // The plain server waits for the end of a head, which a TLS greeting does not contain.
        settings.connectTimeout = isHangingUp ? .seconds(30) : .milliseconds(200)
        let base = "https://127.0.0.1:\(server.port)"
        let answer = try await withClient(base, settings) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome).hasPrefix("connection("))
        #expect(server.requests.isEmpty)
      }
    }

    @Test("after an immediate close, the request was sent at most once")
    func hungUp() async throws {
      try await RawServer.run(.always(), isHangingUp: true) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        switch answer.outcome {
        case .notSubmitted, .unknown: break
        default: Issue.record("\(answer.outcome)")
        }
        #expect(server.connections == 1)
      }
    }

    @Test("no reply in time: unknown")
    func timeout() async throws {
      try await RawServer.run(.always(.hang)) { server in
        var settings = GatewaySettings()
        settings.submitTimeout = .seconds(1)
        let answer = try await withClient(server.base, settings) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome) == "unknown timedOut")
        // The time may end before the server has read the request; bytes that the client has sent
        // count as sent.
        #expect(server.requests.count <= 1)
      }
    }

    @Test("cancelled while waiting: unknown")
    func cancelled() async throws {
      let arrived = Event()
      let script = RawServer.Script { _ in
        arrived.happen()
        return [.hang]
      }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          let submit = Task { await client.submit(body) }
          await arrived.wait()
          submit.cancel()
          #expect(Summary.of(await submit.value.outcome) == "unknown cancelled")
        }
      }
    }

    @Test("cancelled before: not submitted")
    func cancelledBefore() async throws {
      try await RawServer.run(.always(.hang)) { server in
        try await withClient(server.base) { client in
          let submit = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.submit(body)
          }
          #expect(Summary.of(await submit.value.outcome) == "cancelled after=-")
        }
        #expect(server.requests.isEmpty)
      }
    }

    @Test("after shutdown: not submitted, and a second shutdown has no effect")
    func shutDown() async throws {
      try await RawServer.run(.always(.hang)) { server in
        try await withClient(server.base) { client in
          await client.shutdown()
          let answer = await client.submit(body)
          #expect(
            answer.outcome
              == .notSubmitted(
                NotSubmitted(reason: .connection(.shutDown), retryAfter: nil, message: .none)))
        }
      }
    }

    @Test(
      "a redirect is not followed, and the key is sent to no other address",
      arguments: [301, 302, 303, 307, 308])
    func redirect(_ status: Int) async throws {
      try await RawServer.run(.always(.reply(200))) { elsewhere in
        let location = "Location: \(elsewhere.base)/"
        try await RawServer.run(.always(.reply(status, "", location))) { server in
          let answer = try await withClient(server.base) { await $0.submit(body) }
          #expect(Summary.of(answer.outcome).contains("redirected(\(status))"))
          #expect(server.requests.count == 1)
          #expect(elsewhere.requests.isEmpty)
        }
      }
    }

    @Test("a reply beyond the limit is cut off", arguments: [true, false])
    func tooLarge(_ isAnnounced: Bool) async throws {
      let head = isAnnounced ? "Content-Length: 99999999999" : "X: y"
      let script = RawServer.Script { _ in
        [
          .send("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n"),
          .endless(String(repeating: " ", count: 4096)),
        ]
      }
      try await RawServer.run(script) { server in
        var settings = GatewaySettings()
        settings.replyLimit = 100_000
        let answer = try await withClient(server.base, settings) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome) == "unknown replyTooLarge(100000)")
      }
    }

    @Test("the largest reply depends on the number of images", arguments: [1, 2, 3])
    func largeGroup(_ images: Int) async throws {
      let padding = String(repeating: "x", count: 150_000)
      let padded = #"{"data":[{"url":"https://c.example/a.jpg"}],"x":"\#(padding)"}"#
      try await RawServer.run(.always(.reply(200, padded))) { server in
        var settings = GatewaySettings()
        settings.replyLimit = 100_000
        try await withClient(server.base, settings) { client in
          let request = EncodedRequest(endpoint: nil, body: body)
          let submit = Summary.of(await client.submit(request, images: images).outcome)
          let poll = Summary.of(
            await client.poll("j", at: request.endpoint, images: images).outcome)
          if images == 1 {
            #expect(submit == "unknown replyTooLarge(100000)")
            #expect(poll == "later replyTooLarge(100000)")
          } else {
            #expect(submit.hasPrefix("offered") && poll.hasPrefix("offered"))
          }
        }
      }
    }

    @Test("no number of images makes a reply larger than SQLite can store")
    func largestGroup() {
      let settings = GatewaySettings()
      #expect(settings.largestReply(images: 0) == settings.replyLimit)
      #expect(settings.largestReply(images: 1) == settings.replyLimit)
      #expect(settings.largestReply(images: 2) == 2 * settings.replyLimit)
      #expect(settings.largestReply(images: .max) == settings.groupReplyLimit)
      #expect(settings.groupReplyLimit < 1_000_000_000)
    }

    @Test("an event without an end is cut off at the limit of a reply", arguments: ["", "data:"])
    func endlessEvent(_ start: String) async throws {
      let part = start + String(repeating: "x", count: 4096) + (start.isEmpty ? "" : "\n")
      let script = RawServer.Script { _ in
        [.send("HTTP/1.1 200 OK\r\n\r\n"), .send("data: "), .endless(part)]
      }
      try await RawServer.run(script) { server in
        var settings = GatewaySettings()
        settings.replyLimit = 100_000
        let answer = try await withClient(server.base, settings) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome) == "unknown replyTooLarge(100000)")
      }
    }

    @Test("a key in the reply of the gateway is replaced")
    func echoedKey() async throws {
      let body = #"{"error":"invalid subscription key \#(secret)"}"#
      try await RawServer.run(.always(.reply(401, body))) { server in
        let answer = try await withClient(server.base) { await $0.submit(self.body) }
        #expect(Summary.of(answer.outcome).hasPrefix("key invalid invalid subscription key ****"))
        var everything = ""
        dump(answer, to: &everything)
        #expect(!everything.contains(secret))
        let recorded = try #require(answer.reply).body
        #expect(!String(decoding: recorded, as: UTF8.self).contains(secret))
      }
    }

    @Test("many parallel requests are each sent once")
    func many() async throws {
      try await RawServer.run(.always(.reply(200, image))) { server in
        try await withClient(server.base) { client in
          await withTaskGroup(of: Void.self) { group in
            for seed in 0..<100 {
              group.addTask {
                let body = RequestBody(recorded: Array(#"{"prompt":"x","seed":\#(seed)}"#.utf8))
                let outcome = await client.submit(body).outcome
                #expect(Summary.of(outcome).hasPrefix("offered"))
              }
            }
          }
        }
        #expect(Set(server.requests.map(\.body)).count == 100)
        #expect(server.requests.count == 100)
        #expect(server.connections == 100)
      }
    }
  }
}
