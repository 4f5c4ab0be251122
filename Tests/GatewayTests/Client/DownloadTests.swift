import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("Downloading over HTTP")
  struct DownloadTests {
    /// Serves one script and downloads `path` from it.
    private func download(
      _ path: String = "/a.jpg", _ settings: GatewaySettings = GatewaySettings(),
      resuming: Resumption? = nil, into sink: MemorySink = MemorySink(),
      script: @escaping @Sendable (RawServer.Request) -> [RawServer.Step]
    ) async throws -> (download: Download, requests: [RawServer.Request]) {
      try await RawServer.run(RawServer.Script(script)) { server in
        let download = try await withClient(server.base, settings) {
          try await $0.download(ImageLink(server.base + path), resuming: resuming, to: sink)
        }
        return (download, server.requests)
      }
    }

    /// Downloads in the same way, and expects a failure.
    private func failure(
      _ settings: GatewaySettings = GatewaySettings(), resuming: Resumption? = nil,
      into sink: MemorySink = MemorySink(),
      script: @escaping @Sendable (RawServer.Request) -> [RawServer.Step]
    ) async throws -> DownloadError? {
      do {
        _ = try await download("/a.jpg", settings, resuming: resuming, into: sink, script: script)
        return nil
      } catch let error as DownloadError {
        return error
      }
    }

    @Test("the URL is requested as given, without key or cookie")
    func exact() async throws {
      let path = "/a%2Fb%7e/../x.jpg?X-Sig=a+b%20c%3D%3d&e=1&&z=|{}^\""
      let sink = MemorySink()
      let (download, requests) = try await download(path, into: sink) { _ in
        [.reply(200, "picture", "ETag: \"v1\"", "Content-Type: image/jpeg", "Set-Cookie: a=b")]
      }
      let request = try #require(requests.first)
      #expect(request.target == path)
      for name in ["Ocp-Apim-Subscription-Key", "Cookie", "Authorization"] {
        #expect(request.header(name) == nil)
      }
      #expect(!request.head.contains(secret))
      #expect(sink.text == "picture")
      #expect(download.length == 7)
      #expect(
        download.start
          == DownloadStart(offset: 0, length: 7, validator: "\"v1\"", contentType: "image/jpeg"))
    }

    @Test("downloads share a connection, an expired one between them too")
    func reuse() async throws {
      let script = RawServer.Script {
        $0.target == "/gone" ? [.reply(404, "gone")] : [.reply(200, "picture")]
      }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          for path in ["/a", "/gone", "/b"] {
            _ = try? await client.download(ImageLink(server.base + path), to: MemorySink())
          }
        }
        #expect(server.requests.map(\.connection) == [1, 1, 1])
      }
    }

    @Test("a body in chunks, or one that ends with its connection, is complete")
    func unannounced() async throws {
      for reply in [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npict\r\n3\r\nure\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\npicture",
      ] {
        let sink = MemorySink()
        let (download, _) = try await download(into: sink) { _ in [.send(reply), .close] }
        #expect(sink.text == "picture")
        #expect(download.start.length == nil)
      }
    }

    @Test(
      "statuses without an image are distinguished",
      arguments: [
        (400, DownloadError.notAvailable(status: 400, retryAfter: .seconds(3))),
        (401, .notAvailable(status: 401, retryAfter: .seconds(3))),
        (403, .notAvailable(status: 403, retryAfter: .seconds(3))),
        (404, .notAvailable(status: 404, retryAfter: .seconds(3))),
        (410, .notAvailable(status: 410, retryAfter: .seconds(3))),
        (429, .throttled(retryAfter: .seconds(3))),
        (500, .server(status: 500, retryAfter: .seconds(3))),
        (503, .server(status: 503, retryAfter: .seconds(3))), (204, .unexpectedStatus(204)),
        (206, .rangeRefused(length: nil)),
        (302, .redirectRefused(.noLocation)),
      ])
    func statuses(_ status: Int, _ error: DownloadError) async throws {
      let thrown = try await failure { _ in
        [.send("HTTP/1.1 \(status) X\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n")]
      }
      #expect(thrown == error)
    }

    @Test("a link is expired if the body of the refusal says so", arguments: [400, 403, 404])
    func expired(_ status: Int) async throws {
      let body = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
      let thrown = try await failure { _ in [.reply(status, body)] }
      #expect(thrown == .expired(status: status))
    }

    @Test(
      "a body that ends early is short",
      arguments: [
        ("Content-Length: 10\r\n\r\npict", DownloadError.shortBody(expected: 10, received: 4)),
        ("Content-Length: 10\r\n\r\n", .shortBody(expected: 10, received: 0)),
        (
          "Transfer-Encoding: chunked\r\n\r\n4\r\npict\r\n9\r\nu",
          .shortBody(expected: nil, received: 5)
        ),
      ])
    func short(_ reply: String, _ error: DownloadError) async throws {
      let thrown = try await failure { _ in [.send("HTTP/1.1 200 OK\r\n" + reply), .close] }
      #expect(thrown == error)
    }

    @Test("a body beyond the limit is cut off, announced or not", arguments: [true, false])
    func tooLarge(_ isAnnounced: Bool) async throws {
      var settings = GatewaySettings()
      settings.imageLimit = 100_000
      let head = isAnnounced ? "Content-Length: 100001" : "X: y"
      let thrown = try await failure(settings) { _ in
        [.send("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n"), .endless(String(repeating: "x", count: 999))]
      }
      #expect(thrown == DownloadError.tooLarge(limit: 100_000))
    }

    @Test("silence is a stall, before the head and inside the body")
    func stalled() async throws {
      var settings = GatewaySettings()
      settings.stallTimeout = .milliseconds(200)
      for head in ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npict"] {
        let thrown = try await failure(settings) { _ in [.send(head), .hang] }
        #expect(thrown == DownloadError.stalled)
      }
    }

    @Test("up to five redirects are followed, absolute or relative")
    func redirects() async throws {
      let sink = MemorySink()
      let script = { @Sendable (request: RawServer.Request) -> [RawServer.Step] in
        let step = Int(request.target.drop { !$0.isNumber }) ?? 0
        return step == 5 ? [.reply(200, "picture")] : [.reply(302, "", "Location: s\(step + 1)")]
      }
      let (_, requests) = try await download("/s0", into: sink, script: script)
      #expect(sink.text == "picture")
      #expect(requests.count == 6)
      #expect(requests.allSatisfy { !$0.head.contains(secret) })
    }

    @Test("a loop of redirects ends")
    func loop() async throws {
      let thrown = try await failure { _ in [.reply(301, "", "Location: /a.jpg")] }
      #expect(thrown == DownloadError.redirectRefused(.tooMany(limit: 5)))
    }

    @Test(
      "other schemes than http are not opened",
      arguments: [
        ("file:///etc/passwd", WebAddressError.scheme), ("javascript:x", .scheme),
        ("//x", .noScheme),
        ("https://a@b.example/", .userInfo), ("https://b.example/\nX: y", .controlCharacter),
      ])
    func badLinks(_ url: String, _ error: WebAddressError) async throws {
      try await withClient("https://gateway.example") { client in
        await #expect(throws: DownloadError.badAddress(error)) {
          _ = try await client.download(ImageLink(url), to: MemorySink())
        }
        await #expect(throws: DownloadError.addressRefused(.loopback)) {
          _ = try await client.download(ImageLink("http://127.0.0.1:1/"), to: MemorySink())
        }
      }
      let thrown = try await failure { _ in [.reply(302, "", "Location: file:///etc/passwd")] }
      #expect(thrown == DownloadError.redirectRefused(.badTarget(.scheme)))
    }

    @Test("a partial reply continues, and a whole body starts again")
    func resumed() async throws {
      let resumption = Resumption(offset: 4, validator: "\"v1\"")
      let sink = MemorySink(Array("pictXX".utf8))
      let (honoured, requests) = try await download(resuming: resumption, into: sink) { _ in
        [.reply(206, "ure", "Content-Range: bytes 4-6/7")]
      }
      #expect(requests.first?.header("Range") == "bytes=4-")
      #expect(requests.first?.header("If-Range") == "\"v1\"")
      #expect(sink.text == "picture")
      #expect(honoured.start.offset == 4)
      #expect(honoured.length == 7)

      let again = MemorySink(Array("pict".utf8))
      let (restarted, _) = try await download(resuming: resumption, into: again) { _ in
        [.reply(200, "painting")]
      }
      #expect(again.text == "painting")
      #expect(restarted.start.offset == 0)
    }

    @Test("a range that is the whole file is the image, also if no range was asked for")
    func wholeRange() async throws {
      let sink = MemorySink()
      let (download, requests) = try await download(into: sink) { _ in
        [.reply(206, "picture", "Content-Range: bytes 0-6/7")]
      }
      #expect(requests.first?.header("Range") == nil)
      #expect(sink.text == "picture" && download.length == 7 && download.start.length == 7)
    }

    @Test(
      "a reply with a part of the file is refused if no range was requested",
      arguments: [("bytes 0-3/7", 7), ("bytes 3-6/7", 7), ("bytes 0-3/*", nil)]
        as [(String, Int64?)])
    func unaskedPart(_ range: String, _ length: Int64?) async throws {
      let thrown = try await failure { _ in [.reply(206, "pict", "Content-Range: \(range)")] }
      #expect(thrown == DownloadError.rangeRefused(length: length))
    }

    @Test("a range that is not the one asked for is refused")
    func badRange() async throws {
      let resumption = Resumption(offset: 4, validator: nil)
      let shifted = try await failure(resuming: resumption) { _ in
        [.reply(206, "picture", "Content-Range: bytes 0-6/7")]
      }
      #expect(shifted == DownloadError.rangeRefused(length: 7))
      let beyond = try await failure(resuming: resumption) { _ in
        [.reply(416, "", "Content-Range: bytes */3")]
      }
      #expect(beyond == DownloadError.rangeRefused(length: 3))
      let cut = try await failure(resuming: resumption, into: MemorySink(Array("pict".utf8))) { _ in
        [.reply(206, "ur", "Content-Range: bytes 4-6/7")]
      }
      #expect(cut == DownloadError.shortBody(expected: 3, received: 2))
    }

    @Test(
      "a range with an impossible length is refused",
      arguments: [
        "bytes 4-6/-9223372036854775808", "bytes 4-6/4", "bytes 4-6/+7", "bytes +4-6/7",
      ])
    func impossibleRange(_ range: String) async throws {
      let thrown = try await failure(
        resuming: Resumption(offset: 4, validator: nil), into: MemorySink(Array("pict".utf8))
      ) { _ in [.reply(206, "ure", "Content-Range: \(range)")] }
      #expect(thrown == DownloadError.rangeRefused(length: nil))
    }

    @Test(
      "a range of another version of the file is refused",
      arguments: [
        ("\"v1\"", "ETag: \"v2\""), ("\"v1\"", "ETag: W/\"v1\""),
        ("Wed, 10 Sep 2025 10:26:12 GMT", "Last-Modified: Wed, 10 Sep 2025 10:26:13 GMT"),
      ])
    func otherVersion(_ known: String, _ stated: String) async throws {
      let sink = MemorySink(Array("pict".utf8))
      let thrown = try await failure(
        resuming: Resumption(offset: 4, validator: known), into: sink
      ) { _ in [.reply(206, "ure", "Content-Range: bytes 4-6/7", stated)] }
      #expect(thrown == DownloadError.rangeRefused(length: nil))
      #expect(sink.text == "pict")
    }

    @Test("an error of the sink is passed on unchanged")
    func sinkFails() async throws {
      struct DiskFull: Error {}
      struct Broken: DownloadSink {
        func begin(_ start: DownloadStart) async throws {}
        func write(_ chunk: [UInt8]) async throws { throw DiskFull() }
      }
      try await RawServer.run(.always(.reply(200, "picture"))) { server in
        try await withClient(server.base) { client in
          await #expect(throws: DiskFull.self) {
            _ = try await client.download(ImageLink(server.base), to: Broken())
          }
        }
      }
    }

    @Test("a refused connection is reported")
    func refused() async throws {
      let port = try await RawServer.run(.always()) { $0.port }
      try await withClient("http://127.0.0.1:1") { client in
        await #expect(throws: DownloadError.connection(.refused)) {
          _ = try await client.download(ImageLink("http://127.0.0.1:\(port)/"), to: MemorySink())
        }
      }
    }
  }
}
