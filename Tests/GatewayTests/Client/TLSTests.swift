import Foundation
import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite(
    "Over TLS, to nginx",
    .enabled(if: Peer.has("nginx") && Peer.has("openssl"), "nginx or openssl is not installed"))
  struct TLSTests {
    private let body = RequestBody(recorded: Array("{}".utf8))

    @Test("with a private authority, compressed replies are read, and images come over HTTP/2")
    func good() async throws {
      try await SecureGateway.run { gateway in
        let picture = String(repeating: "picture ", count: 400_000)
        let files = gateway.folder.path + "/files"
        try FileManager.default.createDirectory(
          atPath: files, withIntermediateDirectories: true)
        try gateway.folder.write(picture, to: "files/picture")
        try await withClient(gateway.base, gateway.settings) { client in
          for _ in 0..<3 {
            let answer = await client.submit(body)
            #expect(Summary.of(answer.outcome) == "offered link(\(gateway.base)/picture)")
            #expect(answer.reply?.headers["Content-Encoding"] == "gzip")
          }
          for _ in 0..<2 {
            let sink = MemorySink()
            let link = ImageLink(gateway.base + "/picture?a=%2F")
            let download = try await client.download(link, to: sink)
            #expect(sink.text == picture)
            #expect(download.length == Int64(picture.utf8.count))
          }
          let held = Resumption(offset: 8, validator: nil)
          let sink = MemorySink(Array("picture ".utf8))
          let resumed = try await client.download(
            ImageLink(gateway.base + "/picture"), resuming: held, to: sink)
          #expect(resumed.start.offset == 8)
          #expect(sink.text == picture)
          #expect(Summary.of(await client.poll("j").outcome) == "pending inFlight queued")
        }
        let log = try await gateway.log()
        let submits = log.filter { $0.hasSuffix("POST /byteplus/v1/getTextToImage") }
        #expect(submits.count == 3)
        let images = log.filter { $0.contains("/picture") }
        #expect(images.count == 3)
        #expect(images.allSatisfy { $0.hasPrefix("HTTP/2.0 GET") })
      }
    }

    @Test("a folder of hashed certificates is accepted")
    func folder() async throws {
      try await SecureGateway.run { gateway in
        let authorities = gateway.folder.path + "/authorities"
        try FileManager.default.createDirectory(
          atPath: authorities, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          atPath: gateway.authority, toPath: authorities + "/ca.pem")
        try await Peer.call("openssl", ["rehash", authorities], in: gateway.folder)
        var settings = GatewaySettings()
        settings.network.authorityFolder = authorities
        let answer = try await withClient(gateway.base, settings) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome).hasPrefix("offered"))
      }
    }

    @Test(
      "a rejected certificate is reported with the reason, and nothing is sent",
      arguments: [
        (SecureGateway.Certificate.expired, true, ConnectionFault.certificate(.expired)),
        (.otherHost, true, .certificate(.wrongHost)), (.good, false, .certificate(.unknownIssuer)),
      ])
    func rejected(
      _ certificate: SecureGateway.Certificate, _ isTrusted: Bool, _ fault: ConnectionFault
    ) async throws {
      try await SecureGateway.run(certificate) { gateway in
        let settings = isTrusted ? gateway.settings : GatewaySettings()
        let answer = try await withClient(gateway.base, settings) { await $0.submit(body) }
        #expect(answer.outcome == .notSubmitted(NotSubmitted(reason: .connection(fault))))
        #expect(try await gateway.log().isEmpty)
      }
    }

    @Test("a missing file of authorities is reported, and nothing is sent")
    func noAuthorities() async throws {
      try await SecureGateway.run { gateway in
        var settings = GatewaySettings()
        settings.network.authorityFile = gateway.folder.path + "/missing.pem"
        let answer = try await withClient(gateway.base, settings) { await $0.submit(body) }
        #expect(
          answer.outcome == .notSubmitted(NotSubmitted(reason: .connection(.noAuthorities))))
        #expect(try await gateway.log().isEmpty)
      }
    }

    @Test(
      "tinyproxy makes a tunnel, with a password if it asks for one",
      .enabled(if: Peer.has("tinyproxy"), "tinyproxy is not installed"),
      arguments: [true, false])
    func tinyproxy(_ hasPassword: Bool) async throws {
      try await SecureGateway.run { gateway in
        let (folder, port) = (try TemporaryFolder(), try ServerSocket.freePort())
        let password = hasPassword ? "BasicAuth me pass\n" : ""
        try folder.write(
          "Port \(port)\nListen 127.0.0.1\nTimeout 600\nMaxClients 20\nLogLevel Connect\n"
            + "LogFile \"\(folder.path)/log\"\n\(password)", to: "tinyproxy.conf")
        let arguments = ["-d", "-c", "tinyproxy.conf"]
        try await Peer.run("tinyproxy", arguments, port: port, in: folder) {
          var settings = gateway.settings
          let user = hasPassword ? "me:pass@" : ""
          settings.network.secureProxy = try ProxyAddress("http://\(user)127.0.0.1:\(port)")
          let answer = try await withClient(gateway.base, settings) { await $0.submit(body) }
          #expect(Summary.of(answer.outcome).hasPrefix("offered"))
          #expect(folder.read("log").contains("CONNECT localhost:\(gateway.port)"))
          #expect(!folder.read("log").contains(secret))
          guard hasPassword else { return }
          settings.network.secureProxy = try ProxyAddress("http://127.0.0.1:\(port)")
          let refused = try await withClient(gateway.base, settings) { await $0.submit(body) }
          let fault = ConnectionFault.proxyRefused(status: 407)
          #expect(refused.outcome == .notSubmitted(NotSubmitted(reason: .connection(fault))))
        }
        #expect(try await gateway.log().count == 1)
      }
    }

    @Test(
      "microsocks forwards it, whichever side resolves the name",
      .enabled(if: Peer.has("microsocks"), "microsocks is not installed"),
      arguments: ["socks5", "socks5h"])
    func microsocks(_ scheme: String) async throws {
      try await SecureGateway.run { gateway in
        let (folder, port) = (try TemporaryFolder(), try ServerSocket.freePort())
        let arguments = ["-i", "127.0.0.1", "-p", "\(port)", "-u", "me", "-P", "pass"]
        try await Peer.run("microsocks", arguments, port: port, in: folder) {
          var settings = gateway.settings
          settings.network.secureProxy = try ProxyAddress("\(scheme)://me:pass@127.0.0.1:\(port)")
          let answer = try await withClient(gateway.base, settings) { await $0.submit(body) }
          #expect(Summary.of(answer.outcome).hasPrefix("offered"))
          settings.network.secureProxy = try ProxyAddress("\(scheme)://127.0.0.1:\(port)")
          let refused = try await withClient(gateway.base, settings) { await $0.submit(body) }
          let fault = ConnectionFault.proxyRefused(status: nil)
          #expect(refused.outcome == .notSubmitted(NotSubmitted(reason: .connection(fault))))
        }
        #expect(try await gateway.log().count == 1)
      }
    }

    @Test(
      "stunnel in front of tinyproxy is an https proxy, whose certificate must pass too",
      .enabled(
        if: Peer.has("stunnel4") && Peer.has("tinyproxy"), "stunnel4 or tinyproxy is not installed")
    )
    func secureProxy() async throws {
      try await SecureGateway.run { gateway in
        let folder = try TemporaryFolder()
        let (inner, outer) = (try ServerSocket.freePort(), try ServerSocket.freePort())
        try folder.write(
          "Port \(inner)\nListen 127.0.0.1\nTimeout 600\nMaxClients 20\nLogLevel Connect\n"
            + "LogFile \"\(folder.path)/log\"\n", to: "tinyproxy.conf")
        try folder.write(
          "foreground = yes\npid =\n[proxy]\naccept = 127.0.0.1:\(outer)\n"
            + "connect = 127.0.0.1:\(inner)\ncert = \(gateway.folder.path)/server.pem\n"
            + "key = \(gateway.folder.path)/server.key\n", to: "stunnel.conf")
        try await Peer.run("tinyproxy", ["-d", "-c", "tinyproxy.conf"], port: inner, in: folder) {
          try await Peer.run("stunnel4", ["stunnel.conf"], port: outer, in: folder) {
            var settings = gateway.settings
            settings.network.secureProxy = try ProxyAddress("https://localhost:\(outer)")
            let answer = try await withClient(gateway.base, settings) { await $0.submit(body) }
            #expect(Summary.of(answer.outcome).hasPrefix("offered"))
            #expect(folder.read("log").contains("CONNECT localhost:\(gateway.port)"))
            #expect(!folder.read("log").contains(secret))
            settings.network.authorityFile = GatewaySettings().network.authorityFile
            let refused = try await withClient(gateway.base, settings) { await $0.submit(body) }
            let fault = ConnectionFault.certificate(.unknownIssuer)
            #expect(refused.outcome == .notSubmitted(NotSubmitted(reason: .connection(fault))))
          }
        }
        #expect(try await gateway.log().count == 1)
      }
    }

    @Test(
      "Dante carries it by SOCKS4, and refuses a version that it does not serve",
      .enabled(if: Peer.has("danted"), "dante-server is not installed"))
    func dante() async throws {
      try await SecureGateway.run { gateway in
        let (folder, port) = (try TemporaryFolder(), try ServerSocket.freePort())
        let clients = "from: 127.0.0.0/8 to: 0.0.0.0/0"
        try folder.write(
          "logoutput: log\ninternal: 127.0.0.1 port = \(port)\nexternal: 127.0.0.1\n"
            + "clientmethod: none\nsocksmethod: none\nclient pass {\n\(clients)\n}\n"
            + "socks pass {\n\(clients)\nproxyprotocol: socks_v4\n}\n", to: "danted.conf")
        let arguments = ["-f", "danted.conf", "-p", "danted.pid"]
        try await Peer.run("danted", arguments, port: port, in: folder) {
          var settings = gateway.settings
          for scheme in ["socks4", "socks"] {
            settings.network.secureProxy = try ProxyAddress("\(scheme)://127.0.0.1:\(port)")
            let answer = try await withClient(gateway.base, settings) { await $0.submit(body) }
            #expect(Summary.of(answer.outcome).hasPrefix("offered"), "\(scheme)")
          }
          settings.network.secureProxy = try ProxyAddress("socks5://127.0.0.1:\(port)")
          let refused = try await withClient(gateway.base, settings) { await $0.submit(body) }
          let fault = ConnectionFault.proxyRefused(status: nil)
          #expect(refused.outcome == .notSubmitted(NotSubmitted(reason: .connection(fault))))
        }
        #expect(try await gateway.log().count == 2)
      }
    }
  }
}
