/// Sends the requests of a client with one HTTP engine.
struct Transport: Sendable {
  private let engine: HTTPEngine
  private let network: NetworkSettings

  init(_ settings: GatewaySettings, uptime: @escaping @Sendable () -> Duration) {
    network = settings.network
    engine = HTTPEngine(
      HTTPRules(
        connectTimeout: settings.connectTimeout, connectionsPerHost: settings.connectionsPerHost,
        network: settings.network, uptime: uptime))
  }

  /// Sends a GET, or a POST if there is a body, and lets `read` take the reply.
  ///
  /// A cancelled task ends the exchange.
  ///
  /// - Throws: ``ExchangeFailure``, or what `read` throws.
  func exchange<Result: Sendable>(
    _ address: WebAddress, headers: [(name: String, value: String)], method: String? = nil,
    body: RequestContent? = nil, on connection: HTTPRequest.Connection,
    buffering: HTTPRequest.Buffering,
    mayCompress: Bool, within limits: TimeLimits, bytesPerSecond: Int64? = nil,
    read: @Sendable (HTTPExchange) async throws -> Result
  ) async throws -> Result {
    if Task.isCancelled { throw ExchangeFailure(isSent: false, cause: .cancelled) }
    let exchange = engine.begin(
      HTTPRequest(
        address: address, headers: headers, method: method, body: body,
        connection: connection, buffering: buffering, mayCompress: mayCompress, limits: limits,
        proxy: network.proxy(for: address), bytesPerSecond: bytesPerSecond))
    defer { exchange.abandon() }
    return try await withTaskCancellationHandler {
      try await read(exchange)
    } onCancel: {
      exchange.cancel()
    }
  }

  func shutdown() async {
    await engine.shutdown()
  }
}
