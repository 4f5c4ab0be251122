import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// HTTP exchanges that know whether they were sent.
///
/// Two clients of AsyncHTTPClient, since the two kinds of exchange have opposite needs. `fresh` makes
/// a connection for each submit, uses it once and keeps none: what a server did to an idle one can
/// not be known. `pooled` reuses connections for polls and downloads, which may be repeated freely.
/// Neither follows redirects, decompresses, speaks HTTP/2 or tries again by itself; in 1.37
/// AsyncHTTPClient repeats nothing but the making of a connection, and that is turned off too,
/// because pauses are the caller's.
struct Transport: Sendable {
  private let fresh: HTTPClient
  private let pooled: HTTPClient
  private let book = ExchangeBook()

  enum Connection: Sendable {
    case fresh
    case pooled
  }

  struct Request: Sendable {
    let address: WebAddress
    let method: HTTPMethod
    let headers: [(String, String)]
    let body: [UInt8]?
  }

  init(_ settings: GatewaySettings) {
    let connect = TimeAmount(settings.connectTimeout)
    // The silence of a submit is work being done: only its whole time is bounded.
    var single = Self.configuration(settings, timeout: .init(connect: connect))
    single.connectionPool.idleTimeout = .zero
    single.maximumUsesPerConnection = 1
    var reused = Self.configuration(
      settings, timeout: .init(connect: connect, read: TimeAmount(settings.stallTimeout)))
    reused.connectionPool.idleTimeout = .seconds(15)
    let book = book
    single.http1_1ConnectionDebugInitializer = {
      ExchangeHandler.install(in: $0, book: book, isSingleUse: true)
    }
    reused.http1_1ConnectionDebugInitializer = {
      ExchangeHandler.install(in: $0, book: book, isSingleUse: false)
    }
    fresh = HTTPClient(configuration: single)
    pooled = HTTPClient(configuration: reused)
  }

  private static func configuration(
    _ settings: GatewaySettings, timeout: HTTPClient.Configuration.Timeout
  ) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: timeout, decompression: .disabled)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
      settings.connectionsPerHost
    // A tracer of the process would be told URLs and could add headers.
    configuration.tracing.tracer = nil
    return configuration
  }

  /// Sends a request and reads its reply within the time.
  ///
  /// - Throws: ``ExchangeFailure``, or what `read` throws.
  func exchange<Result: Sendable>(
    _ request: Request, on connection: Connection, within time: Duration,
    read: @escaping @Sendable (HTTPClientResponse) async throws -> Result
  ) async throws -> Result {
    if Task.isCancelled { throw ExchangeFailure(isSent: false, cause: .cancelled) }
    let ticket = book.open(target: request.address.target)
    var outgoing = HTTPClientRequest(url: request.address.origin)
    outgoing.method = request.method
    outgoing.headers = HTTPHeaders(request.headers)
    outgoing.headers.add(name: ExchangeHandler.header, value: String(ticket.number))
    outgoing.body = request.body.map { .bytes($0) }
    if connection == .fresh { outgoing.headers.add(name: "Connection", value: "close") }
    do {
      let result = try await withTimeLimit(time) { [outgoing] in
        let client = connection == .fresh ? fresh : pooled
        // The library's own deadline ends with the reply's head; it only backs up the time limit.
        let response = try await client.execute(
          outgoing, timeout: TimeAmount(time) + .seconds(5))
        return try await read(response)
      }
      _ = book.close(ticket)
      return result
    } catch {
      throw ExchangeFailure.from(
        error, isSent: book.close(ticket), isCancelled: Task.isCancelled)
    }
  }

  func shutdown() async {
    // A second shutdown is told so by an error, and nothing is left to do.
    try? await fresh.shutdown()
    try? await pooled.shutdown()
  }
}

extension TimeAmount {
  /// In nanoseconds, from nothing to a hundred years.
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let capped = min(max(seconds, 0), 100 * 366 * 86_400)
    self = .nanoseconds(capped * 1_000_000_000 + max(attoseconds, 0) / 1_000_000_000)
  }
}
