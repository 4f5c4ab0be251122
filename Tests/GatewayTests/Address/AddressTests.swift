import Testing

@testable import SeedbankProviders

@Suite("Addresses")
struct AddressTests {
  @Test(
    "gateways over https anywhere, over http on this machine",
    arguments: [
      ("https://gateway.pixazo.ai", "https://gateway.pixazo.ai"),
      ("https://gateway.pixazo.ai/", "https://gateway.pixazo.ai"),
      (" HTTPS://gateway.pixazo.ai/base/ \n", "https://gateway.pixazo.ai/base"),
      ("http://localhost:8080", "http://localhost:8080"), ("http://127.9.9.9", "http://127.9.9.9"),
      ("http://[::1]:80/", "http://[::1]:80"),
    ])
  func gateways(_ text: String, _ expected: String) throws {
    #expect(try GatewayAddress(text).description == expected)
  }

  @Test(
    "other gateways are refused",
    arguments: [
      ("http://gateway.pixazo.ai", GatewayAddressError.plainHTTP(host: "gateway.pixazo.ai")),
      ("http://127.0.0.1.evil.example", .plainHTTP(host: "127.0.0.1.evil.example")),
      ("http://localhost.evil.example", .plainHTTP(host: "localhost.evil.example")),
      ("http://0.0.0.0", .plainHTTP(host: "0.0.0.0")), ("http://[::]", .plainHTTP(host: "[::]")),
      ("https://a.example?x=1", .query), ("https://a.example/#x", .query),
      ("https://a.example/?\u{301}x=1", .query),
      ("https://user:pw@a.example", .unreadable(.userInfo)),
      ("http://127.0.0.1@evil.example", .unreadable(.userInfo)),
      ("ftp://a.example", .unreadable(.scheme)), ("file:///etc/passwd", .unreadable(.scheme)),
      ("a.example", .unreadable(.noScheme)), ("https:a.example", .unreadable(.host)),
      ("https://", .unreadable(.host)), ("https://a b.example", .unreadable(.host)),
      ("https://a.example:0", .unreadable(.port)), ("https://a.example:99999", .unreadable(.port)),
      ("https://a.example:+80", .unreadable(.port)),
      ("https://a.example/\r\nX: y", .unreadable(.controlCharacter)),
    ])
  func refused(_ text: String, _ error: GatewayAddressError) {
    #expect(throws: error) { try GatewayAddress(text) }
  }

  @Test("paths of calls follow the base, and cannot lead to another host")
  func paths() throws {
    let address = try GatewayAddress("https://a.example:444/base/")
    #expect(address.web("/v1/x?y=1")?.target == "/base/v1/x?y=1")
    #expect(address.web("/v1/x")?.origin == "https://a.example:444/")
    for path in ["", "@b.example/x", ".b.example/x", "/a\r\nX: y"] {
      #expect(address.web(path) == nil)
    }
    #expect(address.web("//b.example/x")?.origin == "https://a.example:444/")
  }

  @Test(
    "the request target stays as it was given",
    arguments: [
      (
        "https://c.example/a%2Fb%7e/x.jpg?X-Sig=a+b%20c%3D%3d&e=1&&z",
        "/a%2Fb%7e/x.jpg?X-Sig=a+b%20c%3D%3d&e=1&&z"
      ),
      ("https://c.example/./a/../b//c?d=|{}^`\"<>\\#frag", "/./a/../b//c?d=|{}^`\"<>\\"),
      ("https://c.example", "/"), ("https://c.example?x=1", "/?x=1"),
      ("https://c.example/a b/é?ü", "/a%20b/%C3%A9?%C3%BC"),
      ("https://c.example/a?b#\u{301}frag", "/a?b"),
    ])
  func target(_ text: String, _ target: String) throws {
    #expect(try WebAddress(text).target == target)
  }

  @Test(
    "redirects are followed as browsers do",
    arguments: [
      ("https://b.example/z?y", "https://b.example/z?y"), ("//b.example/z", "https://b.example/z"),
      ("/z?y=%2F", "https://a.example:8/z?y=%2F"), ("z", "https://a.example:8/p/z"),
      ("?n", "https://a.example:8/p/q?n"),
    ])
  func redirects(_ location: String, _ expected: String) throws {
    let from = try WebAddress("https://a.example:8/p/q?r=/s")
    #expect(try from.following(location) == WebAddress(expected))
  }

  @Test(
    "hosts are local, link-local or remote",
    arguments: [
      ("localhost", Host.Nearness.loopback), ("LOCALHOST.", .loopback), ("x.localhost", .loopback),
      ("127.0.0.1", .loopback), ("127.1", .loopback), ("2130706433", .loopback),
      ("0x7f.1", .loopback), ("0177.0.0.1", .loopback), ("[::1]", .loopback),
      ("[0:0:0:0:0:0:0:1]", .loopback), ("[::ffff:127.0.0.1]", .loopback),
      ("[::ffff:7f00:1]", .loopback), ("169.254.169.254", .link), ("0.0.0.0", .link),
      ("[::]", .link),
      ("[fe80::1]", .link), ("128.0.0.1", .elsewhere), ("example.com", .elsewhere),
      ("[2001:db8::1]", .elsewhere), ("127.0.0.1.example", .elsewhere),
    ])
  func nearness(_ host: String, _ nearness: Host.Nearness) {
    #expect(Host(host)?.nearness == nearness)
  }

  @Test("downloads do not use this computer or link-local addresses, and never leave https")
  func policy() throws {
    let far = DownloadPolicy(isGatewayLoopback: false)
    let near = DownloadPolicy(isGatewayLoopback: true)
    let local = try WebAddress("http://127.0.0.1:9/x")
    #expect(throws: DownloadError.addressRefused(.loopback)) { try far.check(local) }
    try near.check(local)
    #expect(throws: DownloadError.addressRefused(.linkLocal)) {
      try near.check(WebAddress("http://169.254.169.254/latest"))
    }
    let secure = try WebAddress("https://c.example/a")
    #expect(throws: DownloadError.redirectRefused(.downgrade)) {
      try far.redirect(from: secure, to: "http://c.example/a")
    }
    #expect(throws: DownloadError.redirectRefused(.badTarget(.scheme))) {
      try far.redirect(from: secure, to: "file:///etc/passwd")
    }
    #expect(throws: DownloadError.redirectRefused(.noLocation)) {
      try far.redirect(from: secure, to: nil)
    }
    #expect(throws: DownloadError.addressRefused(.loopback)) {
      try far.redirect(from: secure, to: "https://localhost/")
    }
  }
}
