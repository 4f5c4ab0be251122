import SeedbankModel
package import SeedbankProviders

extension JobPlan {
  /// What follows from a submit.
  ///
  /// - Parameters:
  ///   - reply: the body of the reply, if it is complete.
  ///   - throttles: the number of earlier "too many requests" replies in this run.
  package static func after(
    _ outcome: SubmitOutcome, reply: [UInt8]?, throttles: Int = 0
  ) -> JobDecision {
    switch outcome {
    case .offered(let offers):
      JobDecision(
        .offered(reply: reply ?? [], jobID: offers.jobID, usage: offers.usage?.json),
        signal: .answered, next: .goOn)
    case .accepted(let jobID):
      JobDecision(
        .accepted(jobID: jobID, reply: reply ?? []), signal: .answered, next: .wait(.poll(0)))
    case .refused(let refusal):
      refused(refusal, reply)
    case .notSubmitted(let reason):
      notSubmitted(reason, throttles)
    case .quotaExhausted(let notice):
      JobDecision(
        .notSubmitted(reason: "the quota is used up"), signal: .quotaExhausted(notice),
        next: .leave(.stopped))
    case .keyRefused(let refusal):
      JobDecision(
        .notSubmitted(reason: "the key was refused"), signal: .keyRefused(refusal),
        next: .leave(.stopped))
    case .unknown(let unknown):
      lost(RecordedFailure(unknown), reply)
    case .intercepted(let interception):
      if interception.mayBeCharged {
        lost(RecordedFailure(interception), reply)
      } else {
        foreign(RecordedFailure(interception))
      }
    }
  }

  private static func lost(_ failure: RecordedFailure, _ reply: [UInt8]?) -> JobDecision {
    JobDecision(
      .loseTrack(failure, reply: reply),
      signal: .noUsableReply(UnusableReply(kind: .unknownOutcome, summary: failure.message)),
      next: .leave(.settled))
  }

  /// The gateway did not answer, and the request did not reach it.
  private static func foreign(_ failure: RecordedFailure) -> JobDecision {
    JobDecision(
      .notSubmitted(reason: failure.message),
      signal: .noUsableReply(UnusableReply(kind: .foreignReply, summary: failure.message)),
      next: .goOn)
  }

  private static func refused(_ refusal: Refusal, _ reply: [UInt8]?) -> JobDecision {
    switch refusal.kind {
    case .noSuchRoute, .redirected:
      // The request itself may be valid. It may succeed at the right address.
      JobDecision(
        .notSubmitted(reason: "the server at this address is not the gateway"),
        signal: .wrongAddress(refusal), next: .leave(.stopped))
    case .badRequest, .moderation, .modelNotFound, .stated, .everyImageFailed:
      JobDecision(
        .fail(RecordedFailure(refusal), reply: reply), signal: .answered, next: .leave(.settled))
    }
  }

  private static func notSubmitted(_ reason: NotSubmitted, _ throttles: Int) -> JobDecision {
    switch reason.reason {
    case .throttled:
      JobDecision(
        .notSubmitted(reason: "too many requests"),
        signal: .throttled(retryAfter: reason.retryAfter),
        next: QueueState.isPause(reason.retryAfter)
          ? .goOn : .wait(.retry(throttles, atLeast: nil)))
    case .connection(let fault):
      JobDecision(
        .notSubmitted(reason: fault.summary), signal: .unreachable(fault), next: .goOn)
    case .cancelled:
      JobDecision(.notSubmitted(reason: "stopped before it was sent"), next: .leave(.stopped))
    }
  }
}
