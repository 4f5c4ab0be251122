/// Decides which addresses downloads may use.
///
/// Links are foreign text. Only http and https are allowed. A link may use plain http, because the
/// gateway does not promise https and the image is already paid for. A redirect from https to http is
/// refused. Addresses on this computer are allowed only if the gateway is on this computer, link-local
/// addresses never. Names are not resolved for this check: requests contain no secrets, and the reply
/// must be an image.
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
