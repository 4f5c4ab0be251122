public import FoundationEssentials

/// Reads replies to a poll, apart from HTTP. docs/gateway.md has the same as a table.
public enum PollReply {
  /// What a reply means. Any status, headers and bytes are read; nothing is thrown.
  ///
  /// - Parameter now: The time of its arrival.
  public static func read(
    status: Int, headers: ReplyHeaders, body: [UInt8], at now: Date
  ) -> PollOutcome {
    read(Reply(status: status, headers: headers, body: body), at: now)
  }

  /// The same.
  public static func read(_ reply: Reply, at now: Date) -> PollOutcome {
    let root = (try? JSONDocument(reply.body).root).flatMap { $0.isObject ? $0 : nil }
    let message = GatewayMessage(root)
    let pause = RetryAfter.read(reply, message: message, at: now)
    switch reply.status {
    case 200...299:
      guard let root else { return .retryLater(.unreadable, retryAfter: pause) }
      return success(root, message, reply, now)
    case 404, 410:
      return .notFound(message)
    case 500...599:
      return .retryLater(.server(status: reply.status), retryAfter: pause)
    case 400...407, 409...424, 426...498:
      return shared(SubmitReply.read(reply, at: now), pause, reply.status)
    default:
      // Redirects are among these: they are not followed, and the job is none the worse for them.
      return .retryLater(.unexpectedStatus(reply.status), retryAfter: pause)
    }
  }

  private static func success(
    _ root: JSONView, _ message: GatewayMessage, _ reply: Reply, _ now: Date
  ) -> PollOutcome {
    let offers = Offers(root)
    if !offers.images.isEmpty { return .offered(offers) }
    let status = root["status"]?.string.map { JobStatus($0) }
    switch status?.phase {
    case .inFlight, .unrecognised:
      return .pending(status)
    case .done:
      return .succeededWithoutImages(faults: offers.faults)
    case .failed:
      let told = offers.faults.first?.message ?? message
      return .failed(failure(status, told))
    case nil:
      if let fault = offers.faults.first { return .failed(failure(nil, fault.message)) }
      guard StatedFailure.isStated(in: root) else { return .pending(nil) }
      return stated(message, reply, now)
    }
  }

  /// An error without a status: about the poll where its code says so, else about the job.
  private static func stated(
    _ message: GatewayMessage, _ reply: Reply, _ now: Date
  ) -> PollOutcome {
    let pause = RetryAfter.read(reply, message: message, at: now)
    return switch ErrorMeaning.of(message) {
    case .throttle: .throttled(retryAfter: pause)
    case .server: .retryLater(.statedFault(message), retryAfter: pause)
    case .quota: .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    case .keyInvalid: .keyRefused(KeyRefusal(kind: .invalid, message: message))
    case .payment: .keyRefused(KeyRefusal(kind: .payment, message: message))
    case .moderation, .model, nil: .failed(failure(nil, message))
    }
  }

  private static func failure(_ status: JobStatus?, _ message: GatewayMessage) -> JobFailure {
    let isModeration = status?.isModeration ?? false || ErrorMeaning.of(message) == .moderation
    return JobFailure(isModeration: isModeration, status: status, message: message)
  }

  /// The refusals that a submit and a poll have in common.
  private static func shared(
    _ outcome: SubmitOutcome, _ pause: Duration?, _ status: Int
  ) -> PollOutcome {
    switch outcome {
    case .refused(let refusal): .refused(refusal)
    case .quotaExhausted(let notice): .quotaExhausted(notice)
    case .keyRefused(let refusal): .keyRefused(refusal)
    case .notSubmitted(let reason): .throttled(retryAfter: reason.retryAfter)
    case .offered, .accepted, .unknown:
      .retryLater(.unexpectedStatus(status), retryAfter: pause)
    }
  }
}
