/// HTTP exchanges for the other modules of this package, with the same engine, proxies and certificates
/// as the gateway's client.
///
/// It logs nothing and repeats nothing. ``shutdown()`` must be called before the last reference is
/// released.
package struct WebClient: Sendable {
  /// One request.
  package struct Request: Sendable {
    package let url: String
    package let headers: [(name: String, value: String)]
    package let method: HTTPMethod?
    package let body: Body?
    /// The longest total time, in the place of a minimum rate; nil for a minimum rate and no such limit.
    package let totalTime: Duration?

    /// - Parameters:
    ///   - method: nil for a GET, or a POST if there is a body.
    ///   - headers: without `Host`, which follows from the address.
    ///   - totalTime: for a service that works on the request while it sends a byte now and then.
    package init(
      _ method: HTTPMethod? = nil, url: String, headers: [(name: String, value: String)],
      body: Body? = nil, totalTime: Duration? = nil
    ) {
      self.url = url
      self.headers = headers
      self.method = method
      self.body = body
      self.totalTime = totalTime
    }
  }

  /// The body of a request.
  package enum Body: Sendable {
    case bytes([UInt8])
    /// Bytes that are read while they are sent.
    case source(ReferenceBytes)
  }

  private let transport: Transport
  private let bytesPerSecond: Int64?
  private let rate: MinimumRate

  /// Makes a client with these network settings.
  ///
  /// - Parameters:
  ///   - bytesPerSecond: the most that each request sends and receives.
  ///   - rate: the least that it sends and receives; nil for ``MinimumRate/standard(below:)``.
  package init(
    network: NetworkSettings, connectionsPerHost: Int, bytesPerSecond: Int64? = nil,
    rate: MinimumRate? = nil
  ) {
    self.bytesPerSecond = bytesPerSecond
    self.rate = rate ?? .standard(below: bytesPerSecond)
    var settings = GatewaySettings()
    settings.network = network
    settings.connectionsPerHost = connectionsPerHost
    let start = SuspendingClock.now
    transport = Transport(settings, uptime: { SuspendingClock.now - start })
  }

  /// Closes every connection.
  package func shutdown() async { await transport.shutdown() }

  /// The value of the field `Host` for an address, or nil if requests may not go there: plain http is
  /// allowed on this computer only.
  package static func host(of url: String) -> String? {
    guard let address = try? WebAddress(url) else { return nil }
    if address.scheme == .http, Host(address.host)?.nearness != .loopback { return nil }
    let port = address.port.flatMap { $0 == address.scheme.port ? nil : ":\($0)" }
    return address.host + (port ?? "")
  }

  /// Sends a request and returns the complete reply.
  ///
  /// - Parameter limit: the largest body, in bytes.
  /// - Throws: ``WebFailure``.
  package func reply(to request: Request, limit: Int) async throws -> Reply {
    try await exchange(request, .whole(limit: limit)) { try await Reply($0) }
  }

  /// Sends a request and hands the body to `take` part by part if the status is 200; the body of
  /// another reply is in the returned value.
  ///
  /// - Throws: ``WebFailure``, or what `take` throws.
  package func download(
    _ request: Request, take: @Sendable ([UInt8]) async throws -> Void
  ) async throws -> Reply {
    try await exchange(request, .pausing(at: 256 << 10)) { exchange in
      let head = try await exchange.head()
      guard head.status == 200 else {
        return await Reply(head, beginningOf: exchange, limit: 16 << 10, within: .seconds(5))
      }
      while let part = try await exchange.next() { try await take(part) }
      return Reply(status: head.status, headers: head.headers)
    }
  }

  private func exchange(
    _ request: Request, _ buffering: HTTPRequest.Buffering,
    read: @Sendable (HTTPExchange) async throws -> Reply
  ) async throws -> Reply {
    let address: WebAddress
    do throws(WebAddressError) {
      address = try WebAddress(request.url)
    } catch {
      throw WebFailure.badAddress(error)
    }
    do {
      return try await transport.exchange(
        address, headers: request.headers, method: request.method?.rawValue,
        body: request.body.map { body in
          let part: RequestContent.Part =
            switch body {
            case .bytes(let bytes): .bytes(bytes)
            case .source(let source): .file(source)
            }
          return RequestContent(parts: [part], mediaType: "application/octet-stream")
        }, on: .shared, buffering: buffering,
        mayCompress: false,
        within: TimeLimits(
          silence: .seconds(60), whole: request.totalTime,
          rate: request.totalTime == nil ? rate : nil),
        bytesPerSecond: bytesPerSecond, read: read)
    } catch let failure as ExchangeFailure {
      throw WebFailure(failure.cause)
    }
  }
}

/// Why an exchange did not return a complete reply.
package enum WebFailure: Error, Equatable {
  case badAddress(WebAddressError)
  case connection(ConnectionFault)
  case timedOut
  case cancelled
  case tooLarge(limit: Int)

  init(_ cause: ExchangeFailure.Cause) {
    self =
      switch cause {
      case .connection(let fault): .connection(fault)
      case .timedOut: .timedOut
      case .cancelled: .cancelled
      case .tooLarge(let limit): .tooLarge(limit: limit)
      }
  }
}
