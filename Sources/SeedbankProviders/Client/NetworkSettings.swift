/// Proxies and certificates for the network.
public struct NetworkSettings: Equatable, Sendable {
  /// For https addresses.
  public var secureProxy: ProxyAddress?
  /// For http addresses, which only images have.
  ///
  /// No request with the key uses it.
  public var plainProxy: ProxyAddress?
  /// Hosts that are reached without a proxy, as `NO_PROXY` lists them: names with their subdomains,
  /// addresses, networks such as `10.0.0.0/8`, or `*`.
  public var proxyExceptions = ""
  /// A PEM file with the certificates to check against; nil for the system's own.
  public var authorityFile: String?
  /// A folder of such certificates under OpenSSL's hashed names, beside the file.
  public var authorityFolder: String?

  /// Makes settings without a proxy and with the system's certificates.
  public init() {}

  /// The proxy for an address.
  ///
  /// Plain http to this computer never uses a proxy.
  func proxy(for address: WebAddress) -> ProxyAddress? {
    switch address.scheme {
    case .https: secureProxy
    case .http: Host(address.host)?.nearness == .loopback ? nil : plainProxy
    }
  }
}
