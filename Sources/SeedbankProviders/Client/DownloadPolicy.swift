/// Where downloads may go.
///
/// Links are foreign text. Only http and https are spoken. The gateway's page promises neither https
/// nor a host, and an image that is paid for is not given up over a missing s, so a link may begin
/// with plain http; no redirect leads from https down to it. This machine is only asked for a gateway
/// that is on this machine itself, link-local addresses never. Names are not resolved to look where
/// they lead; requests carry nothing secret, and what comes back must be an image.
struct DownloadPolicy {
  let isGatewayLoopback: Bool

  func check(_ address: WebAddress) throws(DownloadError) {
    switch Host(address.host)?.nearness {
    case .loopback where !isGatewayLoopback: throw .addressRefused(.loopback)
    case .link: throw .addressRefused(.linkLocal)
    case .loopback, .elsewhere, nil: break
    }
  }

  /// The next address after a redirect.
  func redirect(from: WebAddress, to location: String?) throws(DownloadError) -> WebAddress {
    guard let location else { throw .redirectRefused(.noLocation) }
    let next: WebAddress
    do throws(WebAddressError) {
      next = try from.following(location)
    } catch {
      throw .redirectRefused(.badTarget(error))
    }
    if from.scheme == .https, next.scheme == .http { throw .redirectRefused(.downgrade) }
    try check(next)
    return next
  }
}
