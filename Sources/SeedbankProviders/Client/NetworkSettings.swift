/// How this machine reaches the network.
public struct NetworkSettings: Equatable, Sendable {
  /// For https addresses.
  public var secureProxy: ProxyAddress?
  /// For http addresses, which only images have: no request that carries the key goes over it.
  public var plainProxy: ProxyAddress?
  /// Hosts that are reached without a proxy, as `NO_PROXY` lists them: names, which stand for their
  /// subdomains too, addresses, networks such as `10.0.0.0/8`, or `*`.
  public var proxyExceptions = ""
  /// A PEM file with the certificates to check against; nil for the system's own.
  public var authorityFile: String?
  /// A folder of such certificates under OpenSSL's hashed names, beside the file.
  public var authorityFolder: String?

  /// Makes settings without a proxy and with the system's certificates.
  public init() {}

  /// The proxy for an address. Plain http to this machine never goes over one.
  func proxy(for address: WebAddress) -> ProxyAddress? {
    switch address.scheme {
    case .https: secureProxy
    case .http: Host(address.host)?.nearness == .loopback ? nil : plainProxy
    }
  }
}
