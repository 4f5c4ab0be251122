public import FoundationEssentials

/// Reads replies to a submit, apart from HTTP. docs/gateway.md has the same as a table.
public enum SubmitReply {
  /// What a reply means. Any status, headers and bytes are read; nothing is thrown.
  ///
  /// - Parameter now: The time of its arrival.
  public static func read(
    status: Int, headers: ReplyHeaders, body: [UInt8], at now: Date
  ) -> SubmitOutcome {
    read(Reply(status: status, headers: headers, body: body), at: now)
  }

  /// The same.
  public static func read(_ reply: Reply, at now: Date) -> SubmitOutcome {
    let root = (try? JSONDocument(reply.body).root).flatMap { $0.isObject ? $0 : nil }
    let message = GatewayMessage(root)
    switch reply.status {
    case 200...299:
      guard let root else { return .unknown(UnknownOutcome(reason: .unreadable, message: .none)) }
      return success(root, reply, message, now)
    case 300...399:
      return redirect(reply.status)
    case 401:
      return .keyRefused(KeyRefusal(kind: .invalid, message: message))
    case 402:
      return .keyRefused(KeyRefusal(kind: .payment, message: message))
    case 403:
      return forbidden(reply, message, now)
    case 404:
      // Only a gateway that answers in JSON speaks of the model; a web page means a wrong address.
      let isRoute =
        root == nil || message.text?.lowercased().contains("resource not found") ?? false
      return .refused(Refusal(kind: isRoute ? .noSuchRoute : .modelNotFound, message: message))
    case 408, 425, 499:
      // Time ran out somewhere on the way; whether before the work was begun is not said.
      return .unknown(UnknownOutcome(reason: .unexpectedStatus(reply.status), message: message))
    case 429:
      return throttled(reply, message, now)
    case 400...499:
      return definite(reply, message, now, else: .badRequest(status: reply.status))
    case 500...599:
      return .unknown(UnknownOutcome(reason: .server(status: reply.status), message: message))
    default:
      return .unknown(UnknownOutcome(reason: .unexpectedStatus(reply.status), message: message))
    }
  }

  /// An image means done, even beside an id or an error. An error comes before an id, since error
  /// replies carry a request's id too.
  private static func success(
    _ root: JSONView, _ reply: Reply, _ message: GatewayMessage, _ now: Date
  ) -> SubmitOutcome {
    let offers = Offers(root)
    if !offers.images.isEmpty { return .offered(offers) }
    if let fault = offers.faults.first {
      let isModeration = ErrorMeaning.of(fault.message) == .moderation
      return .refused(
        Refusal(kind: isModeration ? .moderation : .everyImageFailed, message: fault.message))
    }
    if StatedFailure.isStated(in: root) {
      return definite(reply, message, now, else: .stated)
    }
    if let jobID = offers.jobID { return .accepted(jobID: jobID) }
    return .unknown(UnknownOutcome(reason: .noImageNoJob, message: message))
  }

  /// A definite no, sorted by what its code is about.
  private static func definite(
    _ reply: Reply, _ message: GatewayMessage, _ now: Date, else kind: Refusal.Kind
  ) -> SubmitOutcome {
    switch ErrorMeaning.of(message) {
    case .moderation: .refused(Refusal(kind: .moderation, message: message))
    case .model: .refused(Refusal(kind: .modelNotFound, message: message))
    case .quota: .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    case .keyInvalid: .keyRefused(KeyRefusal(kind: .invalid, message: message))
    case .payment: .keyRefused(KeyRefusal(kind: .payment, message: message))
    case .throttle: throttled(reply, message, now)
    case .server where kind == .stated:
      .unknown(UnknownOutcome(reason: .statedFault, message: message))
    case .server, nil: .refused(Refusal(kind: kind, message: message))
    }
  }

  private static func forbidden(
    _ reply: Reply, _ message: GatewayMessage, _ now: Date
  ) -> SubmitOutcome {
    switch ErrorMeaning.of(message) {
    case .quota: .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    case .moderation: .refused(Refusal(kind: .moderation, message: message))
    case .payment: .keyRefused(KeyRefusal(kind: .payment, message: message))
    default: .keyRefused(KeyRefusal(kind: .forbidden, message: message))
    }
  }

  private static func throttled(
    _ reply: Reply, _ message: GatewayMessage, _ now: Date
  ) -> SubmitOutcome {
    if ErrorMeaning.of(message) == .quota {
      return .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    }
    let pause = RetryAfter.read(reply, message: message, at: now)
    return .notSubmitted(NotSubmitted(reason: .throttled, retryAfter: pause, message: message))
  }

  /// These four say that the request is to be made elsewhere, so it was not done here; it is failed,
  /// since following would carry the key there. The others may follow upon work that was done.
  private static func redirect(_ status: Int) -> SubmitOutcome {
    [301, 302, 307, 308].contains(status)
      ? .refused(Refusal(kind: .redirected(status: status), message: .none))
      : .unknown(UnknownOutcome(reason: .redirected(status: status), message: .none))
  }
}
