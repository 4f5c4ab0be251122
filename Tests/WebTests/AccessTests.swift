import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

@Suite("Access to the server") struct AccessTests {
  @Test("without the token nothing is sent, not even an image")
  func withoutToken() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat", shade: 3)
    } _: { test async throws in
      let digest = try test.library.digest(
        of: test.library.ids(.init(.everything, at: .utc(now: TestServer.now)))[0])
      for target in [
        "/", "/assets/page.js", "/api/library", "/images/\(digest)", "/thumbnails/\(digest)",
      ] {
        for credential in [
          "", "Authorization: Bearer \(String(repeating: "0", count: 64))\r\n",
          "Cookie: seedbank-\(test.port)=0\r\n", "Authorization: Bearer \(test.token)0\r\n",
          "Authorization: Basic \(test.token)\r\n", "Cookie: seedbank=\(test.token)\r\n",
        ] {
          let reply = try await test.exchange(
            "GET \(target) HTTP/1.1\r\nHost: \(test.host)\r\n\(credential)Connection: close\r\n\r\n"
          )
          #expect(reply.status == 401, "\(target)")
          #expect(reply.code == "unauthorized")
        }
      }
    }
  }

  @Test("the address with the token sets a cookie that opens the page")
  func cookie() async throws {
    try await TestServer.run { test async throws in
      let login = try await test.exchange(
        "GET /?token=\(test.token) HTTP/1.1\r\nHost: \(test.host)\r\nConnection: close\r\n\r\n")
      #expect(login.status == 303)
      #expect(login.header("Location") == "/")
      let cookie = try #require(login.header("Set-Cookie"))
      #expect(cookie == "seedbank-\(test.port)=\(test.token); HttpOnly; SameSite=Strict; Path=/")
      let page = try await test.exchange(
        "GET / HTTP/1.1\r\nHost: \(test.host)\r\nCookie: a=b; \(cookie.prefix { $0 != ";" })\r\n"
          + "Connection: close\r\n\r\n")
      #expect(page.status == 200)
      #expect(page.header("Content-Type") == "text/html; charset=utf-8")
      let wrong = try await test.exchange(
        "GET /?token=abc HTTP/1.1\r\nHost: \(test.host)\r\nConnection: close\r\n\r\n")
      #expect(wrong.status == 401)
      #expect(wrong.header("Set-Cookie") == nil)
    }
  }

  @Test("a browser with the cookie may send the password of a reverse proxy too")
  func cookieBesidePassword() async throws {
    try await TestServer.run { test async throws in
      func status(_ authorization: String, cookie: String) async throws -> Int {
        try await test.exchange(
          "GET /api/library HTTP/1.1\r\nHost: \(test.host)\r\nAuthorization: \(authorization)\r\n"
            + "Cookie: seedbank-\(test.port)=\(cookie)\r\nConnection: close\r\n\r\n"
        ).status
      }
      #expect(try await status("Basic bWU6cHc=", cookie: test.token) == 200)
      #expect(try await status("Basic bWU6cHc=", cookie: "0") == 401)
      #expect(try await status("Bearer 0", cookie: test.token) == 401)
      #expect(try await status("Bearer", cookie: test.token) == 401)
    }
  }

  @Test("a ticket opens the page once and for a short time")
  func ticket() async throws {
    var random = SystemRandomNumberGenerator()
    let ticket = EntryTicket(using: &random)
    try await TestServer.run {
      $0.ticket = ticket
    } _: { test async throws in
      func reply(to text: String, _ fields: String = "") async throws -> RawReply {
        try await test.exchange(
          "GET /?open=\(text) HTTP/1.1\r\nHost: \(test.host)\r\n\(fields)"
            + "Connection: close\r\n\r\n")
      }
      let late = try await reply(to: ticket.issue(for: .zero))
      #expect(late.status == 401 && late.header("Set-Cookie") == nil)
      let text = ticket.issue()
      #expect(try await reply(to: text + "0").status == 401)
      let login = try await reply(to: text)
      #expect(login.status == 303 && login.header("Location") == "/")
      let cookie = try #require(login.header("Set-Cookie"))
      #expect(cookie == "seedbank-\(test.port)=\(test.token); HttpOnly; SameSite=Strict; Path=/")
      let again = try await reply(to: text)
      #expect(again.status == 401 && again.header("Set-Cookie") == nil)
      let known = try await reply(to: text, "Cookie: \(cookie.prefix { $0 != ";" })\r\n")
      #expect(known.status == 303 && known.header("Set-Cookie") == nil)
    }
  }

  @Test("a ticket that another user has read is refused, and stays valid for its own user")
  func foreignTicket() throws {
    var random = SystemRandomNumberGenerator()
    let ticket = EntryTicket(using: &random)
    let policy = AccessPolicy(
      token: AccessToken(using: &random), ticket: ticket, host: "127.0.0.1", port: 8765)
    let text = "GET /?open=\(ticket.issue()) HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n"
    let head = try RequestHead(parsing: Array(text.utf8))
    #expect(policy.response(to: head, isOwnUser: { false })?.status == 401)
    #expect(policy.response(to: head, isOwnUser: { true })?.status == 303)
  }

  @Test("the user of a connection is read from the list of the system, unless it is closed")
  func connectionOwner() {
    let list = """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout
         1: 0100007F:B409 0100007F:D078 01 00000000:00000000 00:00000000 00000000  1000        0
         2: 0100007F:D078 0100007F:B409 01 00000000:00000000 00:00000000 00000000  1001        0
         3: 0100007F:D080 0100007F:B409 06 00000000:00000000 03:00001770 00000000     0        0
      """
    func user(of socket: String) -> UInt32? {
      ConnectionOwner.user(of: socket, connectedTo: "0100007F:B409", in: list)
    }
    #expect(user(of: "0100007F:D078") == 1001)
    #expect(user(of: "0100007F:D080") == nil)
    #expect(user(of: "0100007F:D082") == nil)
  }

  @Test("a foreign host name is refused before the token is checked")
  func foreignHost() async throws {
    try await TestServer.run { test async throws in
      for host in [
        "evil.example", "evil.example:\(test.port)", "127.0.0.1", "localhost:1",
        "127.0.0.1.evil.example:\(test.port)", "[::2]:\(test.port)", "",
        "127.0.0.1:\(test.port)@evil",
      ] {
        let reply = try await test.exchange(
          "GET /api/library HTTP/1.1\r\nHost: \(host)\r\nAuthorization: Bearer \(test.token)\r\n"
            + "Connection: close\r\n\r\n")
        #expect(reply.status == 403, "\(host)")
        #expect(reply.code == "wrong_host")
      }
      for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        let reply = try await test.exchange(
          "GET /api/library HTTP/1.1\r\nHost: \(host):\(test.port)\r\n"
            + "Authorization: Bearer \(test.token)\r\nConnection: close\r\n\r\n")
        #expect(reply.status == 200, "\(host)")
      }
    }
  }

  @Test("a foreign host and a missing token are refused before the size of a body")
  func bodyOfStranger() async throws {
    try await TestServer.run { test async throws in
      let token = "Authorization: Bearer \(test.token)\r\n"
      for (length, status) in [
        ("Content-Length: 2000000\r\n", 413), ("Transfer-Encoding: chunked\r\n", 411),
      ] {
        for (fields, expected) in [
          ("Host: evil.example\r\n" + token, 403), ("Host: \(test.host)\r\n", 401),
          ("Host: \(test.host)\r\n" + token, status),
        ] {
          let reply = try await test.exchange(
            "PATCH /api/selection HTTP/1.1\r\nContent-Type: application/json\r\n"
              + fields + length + "\r\n")
          #expect(reply.status == expected, "\(fields)\(length)")
          #expect(reply.header("Connection") == "close")
        }
      }
    }
  }

  @Test("a change that another site could send is refused")
  func crossSite() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat")
    } _: { test async throws in
      let body = #"{"ids": [1], "edit": {"rating": 5}}"#
      func patch(_ fields: String) async throws -> RawReply {
        try await test.exchange(
          "PATCH /api/selection HTTP/1.1\r\nHost: \(test.host)\r\n"
            + "Authorization: Bearer \(test.token)\r\nContent-Length: \(body.utf8.count)\r\n"
            + fields + "Connection: close\r\n\r\n" + body)
      }
      let json = "Content-Type: application/json\r\n"
      for fields in [
        "", "Content-Type: text/plain\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        json + "Origin: https://evil.example\r\n",
        json + "Origin: null\r\n", json + "Origin: http://localhost:\(test.port)\r\n",
        json + "Origin: https://\(test.host)\r\n", json + "Sec-Fetch-Site: cross-site\r\n",
        json + "Sec-Fetch-Site: same-site\r\n",
      ] {
        #expect(try await patch(fields).status == 403, "\(fields)")
      }
      #expect(try test.library.generation(.init(1))?.rating == nil)
      for fields in [
        json, "Content-Type: Application/JSON; charset=utf-8\r\n",
        json + "Origin: http://\(test.host)\r\nSec-Fetch-Site: same-origin\r\n",
      ] {
        #expect(try await patch(fields).status == 200, "\(fields)")
      }
      #expect(try test.library.generation(.init(1))?.rating == 5)
    }
  }

  @Test("every response has the headers that protect the page")
  func protectiveHeaders() async throws {
    try await TestServer.run { test async throws in
      for target in ["/", "/assets/page.css", "/api/library", "/api/nothing", "/images/0"] {
        let reply = try await test.get(target, "Origin: https://evil.example\r\n")
        let policy = try #require(reply.header("Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe") && !policy.contains("http"))
        #expect(reply.header("X-Content-Type-Options") == "nosniff")
        #expect(reply.header("Referrer-Policy") == "no-referrer")
        #expect(reply.header("Cross-Origin-Resource-Policy") == "same-origin")
        #expect(!reply.head.lowercased().contains("access-control-"))
      }
    }
  }

  @Test("a read-only server refuses changes")
  func readOnly() async throws {
    try await TestServer.run {
      $0.isReadOnly = true
    } _: { test async throws in
      for (method, target) in [
        ("PATCH", "/api/selection"), ("POST", "/api/undo"), ("POST", "/api/redo"),
      ] {
        let reply = try await test.request(method, target, body: "{}")
        #expect(reply.status == 403)
        #expect(reply.code == "read_only")
      }
      let submit = try await test.request("POST", "/api/generations", body: #"{"prompt": "cat"}"#)
      #expect(submit.status == 403)
      #expect(submit.code == "generate_not_allowed")
    }
  }

  @Test("a server for the network accepts addresses and its own name as host, but no foreign names")
  func networkHosts() {
    let rule = HostRule(host: "0.0.0.0", port: 8765)
    #expect(rule.allows("192.168.1.7:8765"))
    #expect(rule.allows("[fe80::1]:8765"))
    #expect(!rule.allows("evil.example:8765"))
    #expect(!rule.allows("192.168.1.7"))
    #expect(!HostRule(host: "127.0.0.1", port: 8765).allows("192.168.1.7:8765"))
    #expect(HostRule(host: "gallery.example", port: 8765).allows("Gallery.example:8765"))
  }
}
