import SeedbankProviders

extension Settings {
  /// The network settings: the proxy setting, or else the variables that curl and most other programs
  /// read.
  func network() throws -> NetworkSettings {
    var network = NetworkSettings()
    if let found = try string(.proxy) {
      let proxy = try Self.proxy(found.value, Self.refusal(.proxy, found.origin))
      network.secureProxy = proxy
      network.plainProxy = proxy
    } else {
      network.secureProxy = try proxy(named: Self.secureProxyVariables)?.value
      network.plainProxy = try proxy(named: Self.plainProxyVariables)?.value
    }
    network.proxyExceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    network.authorityFile = environment["SSL_CERT_FILE"]
    network.authorityFolder = environment["SSL_CERT_DIR"]
    return network
  }

  /// The proxy of requests to the gateway, without its password.
  func proxyText() throws -> Sourced<String>? {
    if let found = try string(.proxy) {
      let proxy = try Self.proxy(found.value, Self.refusal(.proxy, found.origin))
      return found.map { _ in proxy?.description ?? Self.noProxy }
    }
    return try proxy(named: Self.secureProxyVariables)?.map(\.description)
  }

  private static let noProxy = "none"
  // In the order of curl: lower case first, and a variable for one scheme before the one for all schemes.
  private static let secureProxyVariables = [
    "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
  ]
  private static let plainProxyVariables = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]

  private func proxy(named variables: [String]) throws -> Sourced<ProxyAddress>? {
    for variable in variables {
      guard let text = environment[variable] else { continue }
      let refusal = Failure(
        .notConfigured,
        "\(variable) must be the address of a proxy, such as http://proxy.example:3128")
      return try Self.proxy(text, refusal).map { Sourced(value: $0, origin: .variable(variable)) }
    }
    return nil
  }

  private static func proxy(_ text: String, _ refusal: Failure) throws -> ProxyAddress? {
    if text == noProxy { return nil }
    do {
      return try ProxyAddress(text)
    } catch {
      throw refusal
    }
  }
}
