package import FoundationEssentials
import SeedbankModel

/// Interprets replies to a poll.
///
/// docs/gateway.md has the rules as a table.
package enum PollReply {
  /// Returns the meaning of a reply.
  ///
  /// Any status, headers and bytes are accepted.
  ///
  /// - Parameter now: The time of its arrival.
  package static func read(
    status: Int, headers: ReplyHeaders, body: [UInt8], at now: Date
  ) -> PollOutcome {
    read(Reply(status: status, headers: headers, body: body), at: now)
  }

  /// The same.
  package static func read(_ reply: Reply, at now: Date) -> PollOutcome {
    let content = ReplyContent(reply.body)
    let message = GatewayMessage(content.object)
    let pause = RetryAfter.read(reply, message: message, at: now)
    switch reply.status {
    case 200...299:
      guard let root = content.root else {
        let trouble: PollTrouble =
          content.isPage ? .intercepted(status: reply.status) : .unreadable
        return .retryLater(trouble, retryAfter: pause)
      }
      return success(root, message, reply, now)
    case 404 where isUnpaid(message), 410 where isUnpaid(message):
      return .keyRefused(KeyRefusal(kind: .payment, message: message))
    case 404, 410:
      // The reply comes from a web server or a proxy, not from the service.
      guard content.object != nil, !MissingRoute.isReported(by: message) else {
        return .retryLater(.intercepted(status: reply.status), retryAfter: pause)
      }
      return .notFound(message)
    case 408, 425, 499:
      return .retryLater(.unexpectedStatus(reply.status), retryAfter: pause)
    case 400...599:
      return shared(
        SubmitReply.read(reply, at: now), pause, reply.status, isPage: content.isPage)
    default:
      // Redirects are included. They are not followed, and they do not affect the job.
      return .retryLater(.unexpectedStatus(reply.status), retryAfter: pause)
    }
  }

  private static func isUnpaid(_ message: GatewayMessage) -> Bool {
    ErrorMeaning.of(message) == .payment
  }

  private static func success(
    _ root: JSONView, _ message: GatewayMessage, _ reply: Reply, _ now: Date
  ) -> PollOutcome {
    let offers = Offers(root)
    let status = JobStatus.read(from: root)
    // An image in such a reply may be a preview, or the first of several.
    if let status, status.phase == .inFlight { return .pending(status) }
    if !offers.images.isEmpty {
      let isFinal = status?.phase == .failed || !offers.hasEmptyPlaces
      return isFinal && status?.phase != .unrecognized
        ? .offered(offers) : .incomplete(status, offers)
    }
    if let fault = offers.faults.first {
      switch status?.phase {
      case .done, .failed: return .failed(failure(status, fault.message))
      // Without a status, the error can be about the poll.
      case .inFlight, .unrecognized, nil: return stated(fault.message, reply, now)
      }
    }
    switch status?.phase {
    case .failed:
      let other = status?.mayBeOfTheCall == true ? aboutTheCall(message, reply, now) : nil
      return other ?? .failed(failure(status, message))
    // An error without a readable reason does not show that the job failed.
    case .done where message == .none || !StatedFailure.hasError(root):
      return .succeededWithoutImages
    case .unrecognized, .inFlight:
      return .pending(status)
    case .done, nil:
      guard StatedFailure.isStated(in: root) else { return .pending(nil) }
      return stated(message, reply, now)
    }
  }

  /// An error without a status.
  ///
  /// It is about the poll if its code or message says so, otherwise about the job.
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
    case .moderation, .model: .failed(failure(nil, message))
    // An error without a readable reason does not show that the job failed.
    case nil where message == .none: .retryLater(.statedFault(message), retryAfter: pause)
    case nil: aboutTheCall(message, reply, now) ?? .failed(failure(nil, message))
    }
  }

  /// The outcome for an error that says nothing about the state of the job; nil for others.
  ///
  /// A failed job cannot be polled again, so an image that was paid for would be lost.
  private static func aboutTheCall(
    _ message: GatewayMessage, _ reply: Reply, _ now: Date
  ) -> PollOutcome? {
    let pause = RetryAfter.read(reply, message: message, at: now)
    if MissingJob.isReported(by: message) {
      return MissingRoute.isReported(by: message)
        ? .retryLater(.intercepted(status: reply.status), retryAfter: pause) : .notFound(message)
    }
    // If it is about the prompt or a reference image, the job must not stay pending forever.
    if MissingJob.isDenied(by: message) { return .notFound(message) }
    // A code can be the reason why the job failed, but a text such as "try again later" is not one.
    let isWithoutCode = message.code.map { ErrorMeaning.isGeneric($0) } ?? true
    return switch ErrorMeaning.of(message) {
    case .keyInvalid: .retryLater(.statedFault(message), retryAfter: pause)
    case .server where isWithoutCode: .retryLater(.statedFault(message), retryAfter: pause)
    case .throttle where isWithoutCode: .throttled(retryAfter: pause)
    case .quota where isWithoutCode:
      .quotaExhausted(QuotaNotice(reply, message: message, at: now))
    default: nil
    }
  }

  private static func failure(_ status: JobStatus?, _ message: GatewayMessage) -> JobFailure {
    let isModeration = status?.isModeration ?? false || ErrorMeaning.of(message) == .moderation
    return JobFailure(isModeration: isModeration, status: status, message: message)
  }

  /// The refusals that a submit and a poll have in common.
  ///
  /// - Parameter isPage: Whether the reply is a page, which says nothing about the job. A page with 429 still asks
  ///   for a pause.
  private static func shared(
    _ outcome: SubmitOutcome, _ pause: Duration?, _ status: Int, isPage: Bool
  ) -> PollOutcome {
    switch outcome {
    case .refused where isPage, .notSubmitted where isPage && status != 429:
      .retryLater(.intercepted(status: status), retryAfter: pause)
    case .refused(let refusal): .refused(refusal)
    case .quotaExhausted(let notice): .quotaExhausted(notice)
    case .keyRefused(let refusal): .keyRefused(refusal)
    case .notSubmitted(let reason): .throttled(retryAfter: reason.retryAfter)
    case .intercepted: .retryLater(.intercepted(status: status), retryAfter: pause)
    case .unknown: .retryLater(.server(status: status), retryAfter: pause)
    case .offered, .accepted: .retryLater(.unexpectedStatus(status), retryAfter: pause)
    }
  }
}
