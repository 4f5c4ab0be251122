import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("Irregular replies")
  struct TolerantReadingTests {
    private let body = RequestBody(recorded: Array("{}".utf8))
    private static let image = #"{"data":[{"url":"https://c.example/a.jpg"}]}"#

    private func outcome(_ steps: RawServer.Step...) async throws -> String {
      try await RawServer.run(RawServer.Script { _ in steps }) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        #expect(server.requests.count == 1)
        return Summary.of(answer.outcome)
      }
    }

    @Test(
      "irregular replies are understood",
      arguments: [
        "HTTP/1.1 200 OK\nContent-Type: application/json\n\n\(image)",
        "HTTP/1.0 200\r\n\r\n\(image)",
        "HTTP/1.1 200 OK\r\nX-Note: one\r\n two\r\n\tthree\r\nContent-Length: \(image.utf8.count)\r\n\r\n\(image)",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "\(String(image.utf8.count, radix: 16))\r\n\(image)\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99999\r\n\r\n"
          + "\(String(image.utf8.count, radix: 16));ext=1\r\n\(image)\r\n0\r\nTrailer: x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
          + "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(image)",
        "HTTP/1.1 200 OK\r\nContent-Length: \(image.utf8.count)\r\nContent-Encoding: identity\r\n\r\n\(image)",
        "HTTP/1.1 200 OK\r\ncontent-encoding:utf-8\r\n\r\n\(image)",
        "HTTP/1.1 200 OK\r\nContent-Encoding: aws-chunked, identity\r\n\r\n\(image)",
      ])
    func understood(_ reply: String) async throws {
      #expect(try await outcome(.send(reply), .close) == "offered link(https://c.example/a.jpg)")
    }

    @Test(
      "leave an unknown outcome if they cannot be read",
      arguments: [
        image, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n\(image)",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nno gzip",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, compress2\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n\(image)",
        "HTTP/1.1 100 Continue\r\n\r\n", "\u{0}\u{1}\u{2}",
      ])
    func unreadable(_ reply: String) async throws {
      #expect(try await outcome(.send(reply), .close).hasPrefix("unknown connectionLost("))
    }

    @Test("a reset after the request is an unknown outcome")
    func reset() async throws {
      #expect(
        try await outcome(.reset)
          == "unknown connectionLost(SeedbankProviders.ConnectionFault.closed)")
    }

    @Test("compressed replies are decoded", arguments: ["gzip", "deflate", "br"])
    func compressed(_ encoding: String) async throws {
      let script = RawServer.Script { request in
        #expect(request.header("Accept-Encoding")?.contains(encoding) == true)
        return [.reply(Compressed.image[encoding] ?? [], "Content-Encoding: \(encoding)")]
      }
      try await RawServer.run(script) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome) == "offered link(https://c.example/a.jpg)")
        #expect(answer.reply?.body == Array(Self.image.utf8))
      }
    }

    @Test("an image with an unknown encoding is stored as it is, and its download can be resumed")
    func unknownEncoding() async throws {
      let script = RawServer.Script { request in
        let encoding = "Content-Encoding: aws-chunked"
        if request.header("Range") == nil {
          return [.reply(200, "picture", encoding, "ETag: \"v\"")]
        }
        return [.reply(206, "ure", encoding, "Content-Range: bytes 4-6/7", "ETag: \"v\"")]
      }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          let link = ImageLink(server.base)
          let whole = MemorySink()
          let download = try await client.download(link, to: whole)
          #expect(whole.text == "picture" && download.start.length == 7)
          let rest = MemorySink(Array("pict".utf8))
          let resumed = try await client.download(
            link, resuming: Resumption(offset: 4, validator: "\"v\""), to: rest)
          #expect(rest.text == "picture" && resumed.start.offset == 4)
        }
      }
    }

    @Test("a line after the body that names an encoding changes nothing")
    func trailer() async throws {
      let reply =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "7\r\npicture\r\n0\r\nContent-Encoding: aws-chunked\r\n\r\n"
      try await RawServer.run(.always(.send(reply))) { server in
        let sink = MemorySink()
        try await withClient(server.base) { client in
          _ = try await client.download(ImageLink(server.base), to: sink)
        }
        #expect(sink.text == "picture" && server.requests.count == 1)
      }
    }

    @Test("a small reply that decodes to a huge one is cut off")
    func bomb() async throws {
      var settings = GatewaySettings()
      settings.replyLimit = 100_000
      settings.imageLimit = 100_000
      let bomb = RawServer.Step.reply(Compressed.spaces, "Content-Encoding: br")
      try await RawServer.run(.always(bomb)) { [settings] server in
        try await withClient(server.base, settings) { client in
          let outcome = await client.submit(body).outcome
          #expect(Summary.of(outcome) == "unknown replyTooLarge(100000)")
          await #expect(throws: DownloadError.tooLarge(limit: 100_000)) {
            _ = try await client.download(ImageLink(server.base), to: MemorySink())
          }
        }
      }
    }

    @Test("an image that is compressed unasked is decoded, and never resumed")
    func compressedImage() async throws {
      let script = RawServer.Script { request in
        #expect(request.header("Accept-Encoding") == "identity")
        let bytes = Compressed.image["gzip"] ?? []
        if request.header("Range") == nil {
          return [.reply(bytes, "Content-Encoding: gzip", "ETag: \"v\"")]
        }
        return [
          .send(
            "HTTP/1.1 206 X\r\nContent-Encoding: gzip\r\nContent-Range: bytes 4-9/10\r\n"
              + "Content-Length: 6\r\n\r\nabcdef")
        ]
      }
      try await RawServer.run(script) { server in
        try await withClient(server.base) { client in
          let sink = MemorySink()
          let download = try await client.download(ImageLink(server.base), to: sink)
          #expect(sink.text == Self.image)
          #expect(download.start.length == nil)
          #expect(download.length == Int64(Self.image.utf8.count))
          await #expect(throws: DownloadError.rangeRefused(length: 10)) {
            _ = try await client.download(
              ImageLink(server.base), resuming: Resumption(offset: 4, validator: "\"v\""),
              to: MemorySink(Array("pict".utf8)))
          }
        }
      }
    }
  }
}
