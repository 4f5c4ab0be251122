import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("Through a proxy")
  struct ProxyTests {
    private let body = RequestBody(recorded: Array("{}".utf8))

    private func settings(_ proxy: RawServer, exceptions: String = "") throws -> GatewaySettings {
      var settings = GatewaySettings()
      let address = try ProxyAddress("http://127.0.0.1:\(proxy.port)")
      settings.network.secureProxy = address
      settings.network.plainProxy = address
      settings.network.proxyExceptions = exceptions
      return settings
    }

    @Test("plain http to this machine uses no proxy, so the key does not reach one")
    func plain() async throws {
      try await RawServer.run(.always(.reply(200))) { proxy in
        try await RawServer.run(.always(.reply(200, #"{"id":"j"}"#))) { server in
          let settings = try settings(proxy)
          try await withClient(server.base, settings) { client in
            #expect(Summary.of(await client.submit(body).outcome) == "accepted j")
            _ = try await client.download(ImageLink(server.base + "/a"), to: MemorySink())
          }
          #expect(server.requests.count == 2)
        }
        #expect(proxy.connections == 0)
      }
    }

    @Test(
      "a proxy without tunnels leaves the request unsent, and never gets the key",
      arguments: [403, 407, 502, 503])
    func refused(_ status: Int) async throws {
      try await RawServer.run(.always(.reply(status, "no"), .close)) { proxy in
        let settings = try settings(proxy)
        let answer = try await withClient("https://gateway.example", settings) {
          await $0.submit(body)
        }
        let fault = ConnectionFault.proxyRefused(status: status)
        #expect(answer.outcome == .notSubmitted(NotSubmitted(reason: .connection(fault))))
        #expect(proxy.requests.map(\.target) == ["gateway.example:443"])
        let heads = proxy.requests.map(\.head).joined()
        #expect(heads.hasPrefix("CONNECT "))
        #expect(!heads.contains(secret))
        #expect(!heads.lowercased().contains("subscription"))
      }
    }

    @Test("a plain image is requested from the proxy, its URL as given")
    func image() async throws {
      let path = "/a%2Fb/../c.jpg?sig=a+b%20c%3D&&z=|{}"
      try await RawServer.run(.always(.reply(200, "picture"))) { proxy in
        let settings = try settings(proxy)
        let sink = MemorySink()
        try await withClient("https://gateway.example", settings) { client in
          _ = try await client.download(ImageLink("http://images.example" + path), to: sink)
        }
        #expect(sink.text == "picture")
        #expect(proxy.requests.map(\.target) == ["http://images.example" + path])
        #expect(!proxy.requests.map(\.head).joined().contains(secret))
      }
    }

    @Test(
      "excluded hosts are reached without it",
      arguments: ["localhost", "*", "other.example, localhost"])
    func excepted(_ exceptions: String) async throws {
      try await RawServer.run(.always(.reply(200)), isHangingUp: true) { proxy in
        try await RawServer.run(.always(), isHangingUp: true) { server in
          let settings = try settings(proxy, exceptions: exceptions)
          let base = "https://localhost:\(server.port)"
          let answer = try await withClient(base, settings) { await $0.submit(body) }
          #expect(Summary.of(answer.outcome).hasPrefix("connection("))
          #expect(server.connections > 0)
        }
        #expect(proxy.connections == 0)
      }
    }

    @Test("a proxy that does not run is reported")
    func unreachable() async throws {
      let gone = try await RawServer.run(.always()) { try settings($0) }
      let answer = try await withClient("https://gateway.example", gone) { await $0.submit(body) }
      #expect(
        answer.outcome == .notSubmitted(NotSubmitted(reason: .connection(.proxyUnreachable))))
    }
  }
}
