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
  ///   - firstPosition: The position of the first image of a stream.
  ///   - onEvent: Called with all events of a stream so far, before more of it is read. An error that it
  ///     throws ends the wait.
  package func submit(
    _ request: EncodedRequest, clientID: String = "", references: [String: ReferenceBytes] = [:],
    firstPosition: Int = 1, onEvent: @escaping @Sendable ([UInt8]) async throws -> Void = { _ in }
  ) async -> SubmitAnswer {
    let stream = StreamReading(key: key, firstPosition: firstPosition, onEvent: onEvent)
    do {
      let call = service.nextCall(for: .recorded(request, clientID: clientID))
      let limit = settings.replyLimit
      let reply = try await send(
        call, references, boundary: Self.boundary(clientID), on: .fresh,
        within: settings.submitLimits
      ) { exchange in
        try await stream.read(exchange, limit: limit)
      }
      return SubmitAnswer(outcome: service.readSubmit(reply, at: now()), reply: reply)
    } catch let failure as ExchangeFailure {
      return await answer(to: failure, stream)
    } catch {
      // An event could not be stored. Only the events stored before it are known.
      return await answer(
        to: ExchangeFailure(isSent: true, cause: .connection(.other)), stream)
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

  /// The events before the end of an interrupted stream are kept.
  private func answer(to failure: ExchangeFailure, _ stream: StreamReading) async -> SubmitAnswer {
    if let reply = await stream.brokenReply {
      let outcome = service.readSubmit(reply, at: now())
      if case .offered = outcome { return SubmitAnswer(outcome: outcome, reply: reply) }
      if case .refused = outcome { return SubmitAnswer(outcome: outcome, reply: reply) }
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
  func send(
    _ call: ServiceCall, _ references: [String: ReferenceBytes] = [:],
    boundary: String = "seedbank",
    on connection: HTTPRequest.Connection, within limits: TimeLimits,
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
      body: content, on: connection, buffering: .whole(limit: settings.replyLimit),
      mayCompress: true, within: limits, read: read)
    return reply.redacting(key)
  }

  static let userAgent = "seedbank"
}

/// Reads the reply to a submit, which may be a stream of events.
private actor StreamReading {
  private let key: APIKey
  private let onEvent: @Sendable ([UInt8]) async throws -> Void
  private var record: StreamRecord
  private var head: ReplyHead?

  init(
    key: APIKey, firstPosition: Int, onEvent: @escaping @Sendable ([UInt8]) async throws -> Void
  ) {
    self.key = key
    self.onEvent = onEvent
    record = StreamRecord(firstPosition: firstPosition)
  }

  /// The events that came before the connection broke; nil if the reply was not a stream.
  var brokenReply: Reply? {
    head.map { Reply(status: $0.status, headers: $0.headers, body: record.bytes).redacting(key) }
  }

  /// Reads to the end.
  ///
  /// Whether the reply is JSON or a stream is decided by its body.
  func read(_ exchange: HTTPExchange, limit: Int) async throws -> Reply {
    let head = try await exchange.head()
    var body: [UInt8] = []
    var parser: EventStreamParser?
    while let part = try await exchange.next() {
      guard var reader = parser ?? (body.isEmpty ? start(part, head) : nil) else {
        body += part
        try Self.check(body.count, limit)
        continue
      }
      for event in reader.take(part) { try await keep(event, limit) }
      // An event without an end is never kept.
      try Self.check(reader.unfinishedCount, limit)
      parser = reader
    }
    guard var reader = parser else {
      return Reply(
        status: head.status, headers: head.headers,
        body: StreamRecord.converting(body) ?? body)
    }
    if let last = reader.finish() { try await keep(last, limit) }
    return Reply(status: head.status, headers: head.headers, body: record.bytes)
  }

  private func start(_ part: [UInt8], _ head: ReplyHead) -> EventStreamParser? {
    guard EventStreamParser.isStream(part) else { return nil }
    self.head = head
    return EventStreamParser()
  }

  private static func check(_ count: Int, _ limit: Int) throws(ExchangeFailure) {
    guard count <= limit else {
      throw ExchangeFailure(isSent: true, cause: .tooLarge(limit: limit))
    }
  }

  /// An event is stored before the next one is read.
  private func keep(_ event: EventStreamParser.Event, _ limit: Int) async throws {
    record.append(event)
    try Self.check(record.bytes.count, limit)
    try await onEvent(
      Reply(status: head?.status ?? 200, body: record.bytes).redacting(key).body)
  }
}
