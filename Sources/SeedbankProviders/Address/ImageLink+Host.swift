extension ImageLink {
  /// The host in the address; nil if the address is not valid.
  public var host: String? { (try? WebAddress(url))?.host }

  /// Whether a request would go to another computer without encryption.
  public var isPlainHTTP: Bool {
    guard let address = try? WebAddress(url) else { return false }
    return address.scheme == .http && Host(address.host)?.nearness != .loopback
  }
}
