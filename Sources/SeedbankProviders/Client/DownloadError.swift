/// Why a download failed.
///
/// It never contains the URL, which is signed.
public enum DownloadError: Error, Equatable, Sendable {
  /// The server says that the link has expired or that the image was deleted. Poll again if there is a
  /// job. Otherwise the image is lost.
  case expired(status: Int)
  /// 400, 401, 403, 404 or 410 without a reason: the image may not exist yet, or a firewall may block it.
  /// It counts as expired only if the refusals last.
  case notAvailable(status: Int, retryAfter: Duration?)
  /// 429; the shortest pause that the reply allows.
  case throttled(retryAfter: Duration?)
  /// 5xx.
  case server(status: Int, retryAfter: Duration?)
  /// Any other status without an image.
  case unexpectedStatus(Int)
  /// More bytes were announced or received than the limit.
  case tooLarge(limit: Int64)
  /// The body ended early. `expected` is nil if no length was announced: its framing was incomplete.
  case shortBody(expected: Int64?, received: Int64)
  /// No bytes for longer than allowed, or a slow download over the time limit.
  case stalled
  case connection(ConnectionFault)
  case badAddress(WebAddressError)
  case addressRefused(AddressRefusal)
  case redirectRefused(RedirectRefusal)
  /// The server did not send the requested part: start at 0. The value is the whole length, if the server
  /// states it.
  case rangeRefused(length: Int64?)
  case cancelled

  /// Why a link is not requested.
  public enum AddressRefusal: Equatable, Sendable {
    /// A link to this computer is allowed only if the gateway is on this computer.
    case loopback
    /// Link-local addresses, such as those of cloud metadata services.
    case linkLocal
  }

  /// Why a redirect is not followed.
  public enum RedirectRefusal: Equatable, Sendable {
    case tooMany(limit: Int)
    /// From https to plain http.
    case downgrade
    /// To another scheme, or to nothing that can be read.
    case badTarget(WebAddressError)
    case noLocation
  }
}
