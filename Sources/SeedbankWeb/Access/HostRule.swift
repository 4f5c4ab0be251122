/// The host names to which the server answers.
///
/// A web site can make its own name point to this computer. Browsers then allow its scripts to read
/// replies of this server. They still send the name of the site in `Host`, so other names are refused.
struct HostRule: Sendable {
  private let names: Set<String>
  private let port: Int
  /// Whether any IP address is accepted, because the server listens on all of them.
  ///
  /// In contrast to a name, an address cannot be changed to point to this computer.
  private let takesAddresses: Bool

  /// - Parameter host: the address or name on which the server listens.
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

  /// An IPv6 address in brackets, as in URLs.
  static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

  private static func isAddress(_ name: Substring) -> Bool {
    if name.hasPrefix("["), name.hasSuffix("]") {
      return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
