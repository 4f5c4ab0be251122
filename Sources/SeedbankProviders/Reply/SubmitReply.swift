package import FoundationEssentials
import SeedbankModel

/// Interprets replies to a submit.
///
/// docs/gateway.md has the rules as a table.
package enum SubmitReply {
  /// Returns the meaning of a reply.
  ///
  /// Any status, headers and bytes are accepted.
  ///
  /// - Parameter now: The time of its arrival.
  package static func read(
    status: Int, headers: ReplyHeaders, body: [UInt8], at now: Date
  ) -> SubmitOutcome {
    read(Reply(status: status, headers: headers, body: body), at: now)
  }

  /// The same.
  package static func read(_ reply: Reply, at now: Date) -> SubmitOutcome {
    SubmitReading(reply, at: now).outcome
  }
}

/// One reply to a submit, with the parsed values.
private struct SubmitReading {
  let reply: Reply
  let now: Date
  let content: ReplyContent
  let message: GatewayMessage
  let meaning: ErrorMeaning?

  init(_ reply: Reply, at now: Date) {
    self.reply = reply
    self.now = now
    content = ReplyContent(reply.body)
    message = GatewayMessage(content.object)
    meaning = ErrorMeaning.of(message)
  }

  /// The same reply, with the message of one of its parts.
  init(_ reply: Reply, _ message: GatewayMessage, at now: Date) {
    self.reply = reply
    self.now = now
    self.message = message
    content = ReplyContent(reply.body)
    meaning = ErrorMeaning.of(message)
  }

  var outcome: SubmitOutcome {
    let status = reply.status
    // Replies for an account without money have many statuses.
    if !(200...399).contains(status), isUnpaid { return unpaid }
    switch status {
    case 200...299:
      return success
    case 300...399:
      return redirect
    case 401:
      return content.isPage
        ? intercepted() : .keyRefused(KeyRefusal(kind: .invalid, message: message))
    case 402:
      return unpaid
    case 403:
      return forbidden
    case 404:
      return missing
    case 405 where content.object != nil:
      return refused(.noSuchRoute)
    case 407, 421, 426, 511:
      // These come only from proxies and wrong connections.
      return intercepted()
    case 408, 425, 499:
      // A time limit was exceeded somewhere. The work may have started before.
      return unknown(.unexpectedStatus(status))
    case 413, 414, 422, 431:
      // The request itself is the cause. It would be refused again.
      return definite(else: .badRequest(status: status))
    case 429:
      return throttled
    case 400...499:
      return content.object == nil ? intercepted() : definite(else: .badRequest(status: status))
    case 500...599:
      return failing
    default:
      return unknown(.unexpectedStatus(status))
    }
  }

  // MARK: Success

  private var success: SubmitOutcome {
    guard let root = content.root else {
      if content.isPage { return intercepted(mayBeCharged: true) }
      return .unknown(UnknownOutcome(reason: .unreadable, message: .none))
    }
    let offers = Offers(root)
    if let stream = StreamEvents(root) { return success(stream, offers) }
    if root.isObject { return success(root, offers) }
    return offers.images.isEmpty
      ? .unknown(UnknownOutcome(reason: .unreadable, message: .none)) : .offered(offers)
  }

  /// An image means "finished", even with an id or an error, unless there is an id and the status means
  /// "running" or is not known: then it may be a preview.
  ///
  /// An error comes before an id, because error replies contain the id of a request too.
  private func success(_ root: JSONView, _ offers: Offers) -> SubmitOutcome {
    if let jobID = offers.jobID, offers.onlyNameJob(in: root) { return .accepted(jobID: jobID) }
    if !offers.images.isEmpty { return .offered(offers) }
    if let refusal = everyImageFailed(offers) { return refusal }
    if StatedFailure.isStated(in: root) { return definite(else: .stated) }
    if let jobID = offers.jobID { return .accepted(jobID: jobID) }
    return .unknown(UnknownOutcome(reason: .noImageNoJob, message: message))
  }

  /// Images of a stream are kept, however it ended.
  ///
  /// An error without an image is interpreted as if it were the whole reply.
  private func success(_ stream: StreamEvents, _ offers: Offers) -> SubmitOutcome {
    if !offers.images.isEmpty { return .offered(offers) }
    if let error = stream.error {
      let body = Array(error.bytes[error.node.range])
      return SubmitReading(
        Reply(status: reply.status, headers: reply.headers, body: body), at: now
      ).outcome
    }
    guard stream.isComplete else {
      return .unknown(UnknownOutcome(reason: .connectionLost(.closed), message: .none))
    }
    return everyImageFailed(offers)
      ?? .unknown(UnknownOutcome(reason: .noImageNoJob, message: message))
  }

  /// The outcome if all images failed.
  ///
  /// An error about the account or the service has the same meaning here as at the top of a reply.
  private func everyImageFailed(_ offers: Offers) -> SubmitOutcome? {
    guard let fault = offers.faults.first else { return nil }
    return SubmitReading(reply, fault.message, at: now).definite(else: .everyImageFailed)
  }

  // MARK: Refusals

  /// A refusal, classified by the meaning of its code.
  private func definite(else kind: Refusal.Kind) -> SubmitOutcome {
    switch meaning {
    case .moderation: refused(.moderation)
    case .model: refused(.modelNotFound)
    case .quota: .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    case .keyInvalid: .keyRefused(KeyRefusal(kind: .invalid, message: message))
    case .payment: unpaid
    case .throttle: throttled
    case .server where kind == .stated || kind == .everyImageFailed:
      unknown(.statedFault)
    case nil
    where (kind == .stated || kind == .badRequest(status: 400)) && MissingRoute.isAllOf(message):
      refused(.noSuchRoute)
    case .server, nil: refused(kind)
    }
  }

  private var forbidden: SubmitOutcome {
    guard let root = content.object, !Firewall.isSource(of: root, message) else {
      return intercepted()
    }
    return switch meaning {
    case .quota: .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    case .moderation: refused(.moderation)
    case .throttle: throttled
    default: .keyRefused(KeyRefusal(kind: .forbidden, message: message))
    }
  }

  /// Only a JSON reply is about the model.
  ///
  /// A page or a reply about the path means a wrong address.
  private var missing: SubmitOutcome {
    let isRoute = content.object == nil || MissingRoute.isReported(by: message)
    return refused(isRoute ? .noSuchRoute : .modelNotFound)
  }

  private func refused(_ kind: Refusal.Kind) -> SubmitOutcome {
    .refused(Refusal(kind: kind, message: message))
  }

  // MARK: The account and the pace

  private var isUnpaid: Bool {
    if meaning == .payment { return true }
    // Some services send plain text instead of JSON.
    guard content.isPage, reply.body.count <= 1_000 else { return false }
    let text = String(decoding: reply.body, as: UTF8.self)
    return ErrorMeaning.of(GatewayMessage(code: nil, text: text)) == .payment
  }

  private var unpaid: SubmitOutcome {
    .keyRefused(KeyRefusal(kind: .payment, message: spoken))
  }

  /// The pause that the reply states.
  private var pause: Duration? { RetryAfter.read(reply, message: message, at: now) }

  private var throttled: SubmitOutcome {
    if meaning == .quota {
      return .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    }
    return .notSubmitted(NotSubmitted(reason: .throttled, retryAfter: pause, message: message))
  }

  // MARK: Others than the gateway

  /// An error of the gateway or of a server in front of it.
  ///
  /// In both cases the work may have been done.
  private var failing: SubmitOutcome {
    if content.object == nil, content.isPage || [502, 503, 504].contains(reply.status) {
      return intercepted(mayBeCharged: true)
    }
    return unknown(.server(status: reply.status))
  }

  private func unknown(_ reason: UnknownOutcome.Reason) -> SubmitOutcome {
    .unknown(UnknownOutcome(reason: reason, retryAfter: pause, message: message))
  }

  private func intercepted(mayBeCharged: Bool = false) -> SubmitOutcome {
    .intercepted(
      Interception(
        status: reply.status, mayBeCharged: mayBeCharged, retryAfter: pause, message: spoken))
  }

  /// The message of the reply, or the summary of its page.
  private var spoken: GatewayMessage {
    content.isPage ? GatewayMessage(code: nil, text: PageText.summary(reply.body)) : message
  }

  /// 301, 307 and 308 name another address for the same request, so it was not executed here.
  ///
  /// Servers send 302 and 303 after they have executed a POST. Others have no meaning here.
  private var redirect: SubmitOutcome {
    let status = reply.status
    return [301, 307, 308].contains(status)
      ? .refused(Refusal(kind: .redirected(status: status), message: .none))
      : .unknown(UnknownOutcome(reason: .redirected(status: status), message: .none))
  }
}
