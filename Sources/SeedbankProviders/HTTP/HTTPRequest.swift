/// One request for the HTTP engine.
struct HTTPRequest: Sendable {
  enum Connection: Sendable {
    /// A new connection, used once, and a request that is sent at most once.
    case fresh
    /// Any idle connection. libcurl sends the request again if the server has closed the connection.
    case shared
  }

  /// What happens to bytes of the body that were not read yet.
  enum Buffering: Sendable {
    /// All bytes are kept. The exchange ends at the limit.
    case whole(limit: Int)
    /// After this number of bytes, the network waits.
    case pausing(at: Int)
  }

  let address: WebAddress
  let headers: [(name: String, value: String)]
  /// The method.
  ///
  /// Default: GET without a body, POST with a body.
  let method: String?
  /// Nil for a GET.
  let body: RequestContent?
  let connection: Connection
  let buffering: Buffering
  /// Whether the server may compress the reply.
  ///
  /// A reply that is compressed anyway is decoded too.
  let mayCompress: Bool
  let limits: TimeLimits
  let proxy: ProxyAddress?
  /// The most that is sent and received; nil for no limit.
  let bytesPerSecond: Int64?
}

/// A method other than GET and POST.
package enum HTTPMethod: String, Sendable {
  case put = "PUT"
  case head = "HEAD"
  case delete = "DELETE"
}
