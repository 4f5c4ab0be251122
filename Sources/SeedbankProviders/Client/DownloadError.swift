/// Why a download did not come to its end. It never holds the URL, which is signed.
public enum DownloadError: Error, Equatable, Sendable {
  /// The server says that the link's time is over, or that the image is deleted. Poll again if there
  /// is a job, else the image is lost.
  case expired(status: Int)
  /// 400, 401, 403, 404 or 410 without a word of why: the image may not be there yet, or something in
  /// between blocks it. It counts as expired only if this goes on.
  case notAvailable(status: Int, retryAfter: Duration?)
  /// 429; the shortest pause that the reply allows.
  case throttled(retryAfter: Duration?)
  /// 5xx.
  case server(status: Int, retryAfter: Duration?)
  /// Any other status that brings no image.
  case unexpectedStatus(Int)
  /// Announced or received beyond so many bytes.
  case tooLarge(limit: Int64)
  /// The body ended early. `expected` is nil where no length was announced: its framing was cut.
  case shortBody(expected: Int64?, received: Int64)
  /// Silence for longer than allowed, or a trickle beyond the whole time.
  case stalled
  case connection(ConnectionFault)
  case badAddress(WebAddressError)
  case addressRefused(AddressRefusal)
  case redirectRefused(RedirectRefusal)
  /// What was to be continued cannot be: begin at 0. The whole length, where the server says it.
  case rangeRefused(length: Int64?)
  case cancelled

  /// Why a link is not requested.
  public enum AddressRefusal: Equatable, Sendable {
    /// Only a gateway on this machine may lead to this machine.
    case loopback
    /// Link-local addresses, those of cloud metadata services among them.
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
