import NIOCore
import NIOPosix
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

@Suite("Connections to the server") struct ConnectionTests {
  private func authorized(_ test: TestServer, _ target: String = "/api/library") -> String {
    "GET \(target) HTTP/1.1\r\nHost: \(test.host)\r\nAuthorization: Bearer \(test.token)\r\n"
  }

  @Test("a connection serves several requests, one after the other")
  func severalRequests() async throws {
    try await TestServer.run { test async throws in
      let connection = try RawConnection(port: test.port)
      for _ in 0..<3 {
        try await connection.send(authorized(test) + "\r\n")
        #expect(try await connection.receive(until: "version").hasPrefix("HTTP/1.1 200 OK"))
      }
    }
  }

  @Test("a request that could hide a second one is refused, and the connection is closed")
  func hiddenRequests() async throws {
    try await TestServer.run { test async throws in
      let start = authorized(test)
      let requests = [
        start + "\r\n" + start + "\r\n",
        start + "\r\nGET",
        start + "Host: \(test.host)\r\n\r\n",
        start + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        start + " folded\r\n\r\n",
        "GET http://\(test.host)/api/library HTTP/1.1\r\nHost: \(test.host)\r\n\r\n",
        "GET /api/library HTTP/1.1\nHost: \(test.host)\n\n",
        start + "Content-Length: 2\r\n\r\nabGET / HTTP/1.1\r\n\r\n",
        "\u{16}\u{3}\u{1}\r\n\r\n",
      ]
      for request in requests {
        let connection = try RawConnection(port: test.port)
        try await connection.send(request)
        let reply = RawReply(try await connection.receiveAll())
        #expect(reply.status == 400, "\(request.debugDescription)")
        #expect(reply.header("Connection") == "close")
        #expect(!reply.text.contains("HTTP/1.1"))
      }
      let chunked = try await test.exchange(start + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
      #expect(chunked.status == 411)
    }
  }

  @Test("a second request while a file is sent ends the connection, and adds nothing to the file")
  func requestWithinFile() async throws {
    // So large that it is still being sent when the second request arrives.
    let content = [UInt8](repeating: 0x2E, count: 16 << 20)
    try await TestServer.run { _ in
    } prepare: { library in
      let incoming = try library.images.receive("large")
      try content.withUnsafeBytes { try incoming.append($0) }
      let digest = try library.images.keep(incoming, format: "png")
      try library.add("large") { draft in
        draft.images = [
          CataloguedImage(
            position: 1, digest: digest, format: "png", width: 0, height: 0,
            bytes: Int64(content.count), perceptualHash: nil)
        ]
      }
    } _: { test async throws in
      let digest = try test.library.digest(of: .init(1))
      let connection = try RawConnection(port: test.port, capacity: 4096)
      try await connection.send(authorized(test, "/images/\(digest)") + "\r\n")
      let first = try await connection.receive()
      try await connection.send(authorized(test) + "\r\n")
      let reply = RawReply(first + (try await connection.receiveAll()))
      #expect(reply.status == 200)
      #expect(reply.header("Content-Length") == "\(content.count)")
      let isPart = reply.body.count < content.count && content.starts(with: reply.body)
      #expect(isPart)
    }
  }

  @Test("a refused request with a body gets no body if its method is HEAD")
  func refusedHead() async throws {
    try await TestServer.run { test async throws in
      for token in ["", "Authorization: Bearer \(test.token)\r\n"] {
        let reply = try await test.exchange(
          "HEAD /api/library HTTP/1.1\r\nHost: \(test.host)\r\n\(token)"
            + "Content-Length: 2000000\r\n\r\n")
        #expect(reply.status == (token.isEmpty ? 401 : 413))
        #expect(reply.body.isEmpty)
        #expect(reply.header("Content-Length") != "0")
      }
    }
  }

  @Test("a head, an address or a body above its limit is refused with its status")
  func limits() async throws {
    try await TestServer.run { test async throws in
      let long = String(repeating: "a", count: 70_000)
      #expect(try await test.exchange(authorized(test) + "X: \(long)\r\n\r\n").status == 431)
      #expect(try await test.exchange("GET /\(long) HTTP/1.1\r\n").status == 431)
      let body = "Content-Type: application/json\r\nContent-Length: 1048577\r\n\r\n"
      #expect(
        try await test.exchange(
          "PATCH /api/selection HTTP/1.1\r\nHost: \(test.host)\r\n"
            + "Authorization: Bearer \(test.token)\r\n" + body
            + String(repeating: " ", count: 300_000)
        ).status == 413)
    }
  }

  @Test("a head that arrives slowly has the same time limit as one that does not arrive")
  func slowHead() async throws {
    try await TestServer.run {
      $0.limits.headMilliseconds = 200
    } _: { test async throws in
      let slow = try RawConnection(port: test.port)
      try await slow.send("GET / HT")
      #expect(RawReply(try await slow.receiveAll()).status == 408)
    }
  }

  @Test("a body of exactly the limit is read")
  func largestBody() async throws {
    try await TestServer.run { test async throws in
      let body = #"{"ids": [1], "edit": {"rating": 1}}"#
      let padded = body + String(repeating: " ", count: (1 << 20) - body.utf8.count)
      #expect(try await test.request("PATCH", "/api/selection", body: padded).status == 200)
    }
  }

  @Test("an idle connection is closed without a response")
  func idleConnection() async throws {
    try await TestServer.run {
      $0.limits.idleMilliseconds = 100
    } _: { test async throws in
      let idle = try RawConnection(port: test.port)
      #expect(try await idle.receiveAll().isEmpty)
    }
  }

  @Test("a connection above the limit gets status 503, and the others are served")
  func tooManyConnections() async throws {
    try await TestServer.run {
      $0.limits.connections = 3
    } _: { test async throws in
      var connections: [RawConnection] = []
      for _ in 0..<3 {
        let connection = try RawConnection(port: test.port)
        try await connection.send(authorized(test) + "\r\n")
        _ = try await connection.receive(until: "version")
        connections.append(connection)
      }
      #expect(RawReply(try await RawConnection(port: test.port).receiveAll()).status == 503)
      try await connections[0].send(authorized(test) + "Connection: close\r\n\r\n")
      #expect(RawReply(try await connections[0].receiveAll()).status == 200)
    }
  }

  @Test("reading for a browser that has closed the connection ends, and later reading does not")
  func cancelledReading() async throws {
    func prepare(_ library: Library) throws { try library.add("cat") }
    try await TestServer.run(prepare: prepare) { test async throws in
      let library = try Library.open(test.library.folder, for: .reading)
      let gone = Cancellation()
      let isRunning = AsyncStream.makeStream(of: Void.self)
      let pool = WorkPool(threads: 1, longestQueue: 1)
      let loop = MultiThreadedEventLoopGroup.singleton.next()
      let reading = pool.run(on: loop) {
        try gone.run(stop: library.interrupt) {
          isRunning.continuation.yield()
          // Only an interruption ends this.
          while true {
            _ = try library.count(try Query.parse("cat").query, at: .utc(now: TestServer.now))
          }
        }
      }
      var starts = isRunning.stream.makeAsyncIterator()
      _ = await starts.next()
      // Between two statements there is nothing to interrupt.
      let repeated = loop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(1)) { _ in
        gone.cancel()
      }
      await #expect(throws: APIError.cancelled) { try await reading.get() }
      repeated.cancel()
      gone.cancel()
      #expect(throws: APIError.cancelled) { try gone.run(stop: {}) { Issue.record("it began") } }
      #expect(try library.count(try Query.parse("cat").query, at: .utc(now: TestServer.now)) == 1)
      await pool.stop()
    }
  }

  @Test("a client that closes its sending side still gets its response")
  func halfClosed() async throws {
    try await TestServer.run { test async throws in
      let connection = try RawConnection(port: test.port)
      try await connection.send(authorized(test) + "\r\n")
      connection.closeOutput()
      #expect(RawReply(try await connection.receiveAll()).status == 200)
    }
  }

  @Test("a method that a path does not have gets status 405 with those that it has")
  func methods() async throws {
    try await TestServer.run { test async throws in
      for method in ["OPTIONS", "TRACE", "PUT", "DELETE", "FOO"] {
        let reply = try await test.exchange(
          "\(method) /api/library HTTP/1.1\r\nHost: \(test.host)\r\nConnection: close\r\n\r\n")
        #expect(reply.status == 405, "\(method)")
        #expect(reply.header("Allow") != nil)
      }
      #expect(try await test.get("/api/selection").status == 405)
      #expect(try await test.request("POST", "/api/ids", body: "{}").status == 405)
      let head = try await test.request("HEAD", "/api/library")
      let get = try await test.get("/api/library")
      #expect(head.status == 200)
      #expect(head.body.isEmpty)
      #expect(head.header("Content-Length") == get.header("Content-Length"))
    }
  }

  @Test("no spelling of a path leads to a file outside the server's names")
  func paths() async throws {
    try await TestServer.run { test async throws in
      for target in [
        "/../etc/passwd", "/assets/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5cetc", "/images/../catalog.sqlite",
        "/images/..%2fcatalog.sqlite", "/images/%2e%2e%2fcatalog.sqlite",
        "/images/..%252fcatalog.sqlite", "/thumbnails/..%c0%af..%c0%afcatalog.sqlite",
        "/assets/%00", "//etc/passwd", "/images//etc/passwd", "/./", "/assets/",
        "/api/generations/../ids",
        "/images/" + String(repeating: "g", count: 64),
        "/images/" + String(repeating: "a", count: 65),
      ] {
        let status = try await test.get(target).status
        #expect([400, 404].contains(status), "\(target): \(status)")
      }
    }
  }

  @Test("a static file that the browser already has is not sent again")
  func staticFiles() async throws {
    try await TestServer.run { test async throws in
      let first = try await test.get("/assets/page.css")
      let tag = try #require(first.header("ETag"))
      let again = try await test.get("/assets/page.css", "If-None-Match: W/\"x\", \(tag)\r\n")
      #expect(again.status == 304)
      #expect(again.body.isEmpty)
      #expect(try await test.get("/assets/nothing.css").status == 404)
    }
  }
}
