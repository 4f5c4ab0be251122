/// Which names of itself the server answers to.
///
/// A web site can make its own name point to this machine, and browsers then let its scripts read what
/// this server sends. They still send that site's name in `Host`, so a name that is not ours is refused.
struct HostRule: Sendable {
  private let names: Set<String>
  private let port: Int
  /// Whether any IP address is ours, since the server listens on all of them. An address cannot be made
  /// to point elsewhere as a name can.
  private let takesAddresses: Bool

  /// - Parameter host: what the server listens on: an address or a name.
  init(host: String, port: Int) {
    self.port = port
    names = ["127.0.0.1", "localhost", "[::1]", Self.bracketed(host.lowercased())]
    takesAddresses = ["0.0.0.0", "::"].contains(host)
  }

  func allows(_ host: String) -> Bool {
    let host = host.lowercased()
    let suffix = ":\(port)"
    let name: Substring
    if host.hasSuffix(suffix) {
      name = host.dropLast(suffix.count)
    } else if port == 80 {
      name = host[...]
    } else {
      return false
    }
    return names.contains(String(name)) || takesAddresses && Self.isAddress(name)
  }

  /// An IPv6 address in brackets, as addresses of web pages have it.
  static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

  private static func isAddress(_ name: Substring) -> Bool {
    if name.hasPrefix("["), name.hasSuffix("]") {
      return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
