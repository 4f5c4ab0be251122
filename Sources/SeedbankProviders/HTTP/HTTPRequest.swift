/// One request as the HTTP engine sends it.
struct HTTPRequest: Sendable {
  enum Connection: Sendable {
    /// A new connection, used once, and a request that is sent at most once.
    case fresh
    /// Any idle connection. libcurl sends again if the server had closed it meanwhile.
    case shared
  }

  /// What happens to bytes of the body that nobody has taken yet.
  enum Buffering: Sendable {
    /// All are kept; more than the limit end the exchange.
    case whole(limit: Int)
    /// Beyond so many, the network waits.
    case pausing(at: Int)
  }

  let address: WebAddress
  let headers: [(name: String, value: String)]
  /// The method, if it is not GET without a body and POST with one.
  let method: String?
  /// Nil for a GET.
  let body: RequestContent?
  let connection: Connection
  let buffering: Buffering
  /// Whether the server may compress the reply. One that compresses unasked is understood too.
  let mayCompress: Bool
  let limits: TimeLimits
  let proxy: ProxyAddress?
}

/// A method other than GET and POST.
package enum HTTPMethod: String, Sendable {
  case put = "PUT"
  case head = "HEAD"
  case delete = "DELETE"
}
