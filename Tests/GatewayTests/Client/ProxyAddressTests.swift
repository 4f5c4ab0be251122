import Testing

@testable import SeedbankProviders

@Suite("The address of a proxy")
struct ProxyAddressTests {
  @Test(
    "is read with and without scheme, port and user",
    arguments: [
      ("proxy.example:3128", "http://proxy.example:3128", 3128),
      ("http://proxy.example/", "http://proxy.example", 1080),
      ("https://proxy.example", "https://proxy.example", 443),
      ("SOCKS5H://10.0.0.1:9050", "socks5h://10.0.0.1:9050", 9050),
      ("socks4://[::1]:1081", "socks4://[::1]:1081", 1081),
      // As GNOME sets it in `ALL_PROXY`.
      ("socks://127.0.0.1:1080/", "socks://127.0.0.1:1080", 1080),
      ("socks://proxy.example", "socks://proxy.example", 1080),
    ])
  func read(_ text: String, _ url: String, _ port: Int) throws {
    let proxy = try ProxyAddress(text)
    #expect(proxy.url == url)
    #expect(proxy.port == port)
    #expect(proxy.description == url)
  }

  @Test("shows no password")
  func password() throws {
    let proxy = try ProxyAddress("http://me:pass@word@proxy.example:3128")
    #expect(proxy.url == "http://me:pass@word@proxy.example:3128")
    var everything = "\(proxy) \(String(reflecting: proxy))"
    dump(proxy, to: &everything)
    #expect(!everything.contains("pass"))
    #expect(!everything.contains("word"))
    #expect(proxy.description == "http://***@proxy.example:3128")
  }

  @Test(
    "an address that is not that of a proxy is refused",
    arguments: [
      "", "ftp://x", "http://", "http://a b", "http://x/path", "http://x:99999", "http://x\n",
    ])
  func refused(_ text: String) {
    if text.hasSuffix("\n") {
      #expect((try? ProxyAddress(text))?.url == "http://x")
    } else {
      #expect(throws: ProxyAddressError.self) { try ProxyAddress(text) }
    }
  }
}
