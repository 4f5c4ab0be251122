extension GatewayClient {
  /// Sends the recorded bytes, once, on a connection of their own.
  ///
  /// Redirects are not followed, since they would carry the key elsewhere. A cancelled task ends the
  /// wait: the outcome then says whether anything had been sent.
  public func submit(_ body: RequestBody) async -> SubmitAnswer {
    do {
      let reply = try await post(
        body.bytes, to: address.submit, on: .fresh,
        within: TimeLimits(silence: settings.submitTimeout, whole: nil))
      return SubmitAnswer(outcome: SubmitReply.read(reply, at: now()), reply: reply)
    } catch let failure as ExchangeFailure {
      return SubmitAnswer(outcome: Self.outcome(of: failure), reply: nil)
    } catch {
      // Nothing else is thrown while a reply is read into memory; if it were, it were after sending.
      let reason = UnknownOutcome.Reason.connectionLost(.other)
      return SubmitAnswer(
        outcome: .unknown(UnknownOutcome(reason: reason, message: .none)), reply: nil)
    }
  }

  private static func outcome(of failure: ExchangeFailure) -> SubmitOutcome {
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

  /// A POST as the gateway's page has it, and the reply to it.
  func post(
    _ body: [UInt8], to address: WebAddress, on connection: HTTPRequest.Connection,
    within limits: TimeLimits
  ) async throws -> Reply {
    var headers = [
      (name: "Content-Type", value: "application/json"),
      (name: "Cache-Control", value: "no-cache"),
      (name: "Accept", value: "application/json"),
      (name: "User-Agent", value: Self.userAgent),
      (name: "Ocp-Apim-Subscription-Key", value: key.value),
    ]
    if connection == .fresh { headers.append((name: "Connection", value: "close")) }
    let reply = try await transport.exchange(
      address, headers: headers, body: body, on: connection,
      buffering: .whole(limit: settings.replyLimit), mayCompress: true, within: limits
    ) { try await Reply($0) }
    return reply.redacting(key)
  }

  static let userAgent = "seedbank"
}
