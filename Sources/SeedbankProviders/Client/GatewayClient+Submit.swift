extension GatewayClient {
  /// Sends recorded bytes to the default endpoint.
  package func submit(_ body: RequestBody) async -> SubmitAnswer {
    await submit(EncodedRequest(endpoint: nil, body: body))
  }

  /// Sends a recorded request, once, on a connection of its own.
  ///
  /// Redirects are not followed, because they would send the key to another address. If the task is
  /// cancelled, the outcome says whether anything was sent.
  ///
  /// - Parameters:
  ///   - clientID: Seedbank's id of the request, the same each time that it is sent.
  ///   - references: The images that its placeholders stand for.
  ///   - images: The maximum number of images of the request, on which the largest reply depends.
  ///   - firstPosition: The position of the first image: more than 1 if images of an earlier attempt exist.
  ///   - onEvent: Called with all events of a stream so far when one has a result, before more of it is read.
  ///     It cannot end the stream, because the rest is paid for too.
  package func submit(
    _ request: EncodedRequest, clientID: String = "", references: [String: ReferenceBytes] = [:],
    images: Int = 1, firstPosition: Int = 1,
    onEvent: @escaping @Sendable ([UInt8]) async -> Void = { _ in }
  ) async -> SubmitAnswer {
    let stream = StreamReading(key: key, firstPosition: firstPosition, onEvent: onEvent)
    do {
      let call = service.nextCall(for: .recorded(request, clientID: clientID))
      let limit = settings.largestReply(images: images)
      let reply = try await send(
        call, references, boundary: Self.boundary(clientID), on: .fresh,
        within: settings.submitLimits, limit: limit
      ) { exchange in
        try await stream.read(exchange.head(), limit: limit) { try await exchange.next() }
      }
      let outcome = service.readSubmit(reply, from: request.endpoint, at: now())
      return SubmitAnswer(outcome: outcome, reply: reply).counting(from: firstPosition)
    } catch let failure as ExchangeFailure {
      return await answer(to: failure, stream, from: request.endpoint)
        .counting(from: firstPosition)
    } catch {
      // An exchange ends with no other error. If it did, the request may have been sent.
      return await answer(
        to: ExchangeFailure(isSent: true, cause: .connection(.other)), stream,
        from: request.endpoint
      ).counting(from: firstPosition)
    }
  }

  /// The body as it will be sent, for its digest.
  package func content(
    of request: EncodedRequest, _ references: [String: ReferenceBytes], clientID: String
  ) -> RequestContent {
    let call = service.nextCall(for: .recorded(request, clientID: clientID))
    return call.body?.content(references, boundary: Self.boundary(clientID))
      ?? RequestContent(json: [])
  }

  /// The boundary of forms: the same for the same request, so that the same bytes are sent.
  static func boundary(_ clientID: String) -> String { "seedbank-\(clientID)" }

  /// The events before the end of an interrupted stream are kept, and so is JSON that is complete: its
  /// images and its job are paid for.
  private func answer(
    to failure: ExchangeFailure, _ stream: StreamReading, from endpoint: String
  ) async -> SubmitAnswer {
    if let reply = await stream.brokenReply {
      let outcome = service.readSubmit(reply, from: endpoint, at: now())
      switch outcome {
      case .offered, .accepted, .refused: return SubmitAnswer(outcome: outcome, reply: reply)
      case .notSubmitted, .quotaExhausted, .keyRefused, .unknown, .intercepted: break
      }
    }
    return SubmitAnswer(outcome: Self.outcome(of: failure), reply: nil)
  }

  static func outcome(of failure: ExchangeFailure) -> SubmitOutcome {
    if failure.isSent {
      let reason: UnknownOutcome.Reason =
        switch failure.cause {
        case .connection(let fault): .connectionLost(fault)
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .tooLarge(let limit): .replyTooLarge(limit: limit)
        }
      return .unknown(UnknownOutcome(reason: reason, message: .none))
    }
    let reason: NotSubmitted.Reason =
      switch failure.cause {
      case .connection(let fault): .connection(fault)
      case .cancelled: .cancelled
      case .timedOut, .tooLarge: .connection(.timedOut)
      }
    return .notSubmitted(NotSubmitted(reason: reason, retryAfter: nil, message: .none))
  }

  /// Sends a call, and returns the reply without the key.
  ///
  /// - Parameter limit: The largest body of the reply, in bytes.
  func send(
    _ call: ServiceCall, _ references: [String: ReferenceBytes] = [:],
    boundary: String = "seedbank",
    on connection: HTTPRequest.Connection, within limits: TimeLimits, limit: Int,
    read: @Sendable (HTTPExchange) async throws -> Reply
  ) async throws -> Reply {
    guard let web = address.web(call.path) else {
      throw ExchangeFailure(isSent: false, cause: .connection(.other))
    }
    let content = call.body?.content(references, boundary: boundary)
    var headers = [
      (name: "Accept", value: "application/json"), (name: "User-Agent", value: Self.userAgent),
      (name: service.keyField.name, value: service.keyField.prefix + key.value),
    ]
    headers += call.headers.map { (name: $0.name, value: $0.value) }
    if let content { headers.append((name: "Content-Type", value: content.mediaType)) }
    if connection == .fresh { headers.append((name: "Connection", value: "close")) }
    let reply = try await transport.exchange(
      web, headers: headers, method: call.method == .put ? call.method.rawValue : nil,
      body: content, on: connection, buffering: .whole(limit: limit),
      mayCompress: true, within: limits, read: read)
    return reply.redacting(key)
  }

  static let userAgent = "seedbank"
}
