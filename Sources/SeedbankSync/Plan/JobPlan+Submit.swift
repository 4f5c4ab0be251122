import SeedbankModel
package import SeedbankProviders

extension JobPlan {
  /// What follows from a submit.
  ///
  /// - Parameters:
  ///   - reply: the body of the reply, if it is complete.
  ///   - throttles: the number of earlier "too many requests" replies in this run.
  ///   - provider: the words for the provider in what is recorded.
  package static func after(
    _ outcome: SubmitOutcome, reply: [UInt8]?, throttles: Int = 0,
    by provider: ProviderSubject = .standard
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
      refused(refusal, reply, provider)
    case .notSubmitted(let reason):
      notSubmitted(reason, throttles, provider)
    case .quotaExhausted(let notice):
      JobDecision(
        .notSubmitted(reason: "the quota is used up"), signal: .quotaExhausted(notice),
        next: .leave(.stopped))
    case .keyRefused(let refusal):
      JobDecision(
        .notSubmitted(reason: "the key was refused"), signal: .keyRefused(refusal),
        next: .leave(.stopped))
    case .unknown(let unknown):
      lost(RecordedFailure(unknown, by: provider), reply, unknown.retryAfter)
    case .intercepted(let interception):
      if interception.mayBeCharged {
        lost(RecordedFailure(interception, of: provider), reply, interception.retryAfter)
      } else {
        foreign(RecordedFailure(interception, of: provider), interception.retryAfter)
      }
    }
  }

  private static func lost(
    _ failure: RecordedFailure, _ reply: [UInt8]?, _ pause: Duration?
  ) -> JobDecision {
    JobDecision(
      .outcomeUnknown(failure, reply: reply),
      signal: .noUsableReply(
        UnusableReply(kind: .unknownOutcome, summary: failure.message, retryAfter: pause)),
      next: .leave(.settled))
  }

  /// The gateway did not answer, and the request did not reach it.
  private static func foreign(_ failure: RecordedFailure, _ pause: Duration?) -> JobDecision {
    JobDecision(
      .notSubmitted(reason: failure.message),
      signal: .noUsableReply(
        UnusableReply(kind: .foreignReply, summary: failure.message, retryAfter: pause)),
      next: .goOn)
  }

  private static func refused(
    _ refusal: Refusal, _ reply: [UInt8]?, _ provider: ProviderSubject
  ) -> JobDecision {
    switch refusal.kind {
    case .noSuchRoute, .redirected:
      // The request itself may be valid. It may succeed at the right address.
      JobDecision(
        .notSubmitted(reason: "the server at this address is not \(provider)"),
        signal: .wrongAddress(refusal), next: .leave(.stopped))
    case .badRequest, .moderation, .modelNotFound, .stated, .everyImageFailed:
      JobDecision(
        .fail(RecordedFailure(refusal, by: provider), reply: reply), signal: .answered,
        next: .leave(.settled))
    }
  }

  private static func notSubmitted(
    _ reason: NotSubmitted, _ throttles: Int, _ provider: ProviderSubject
  ) -> JobDecision {
    switch reason.reason {
    case .throttled:
      JobDecision(
        .notSubmitted(reason: "too many requests"),
        signal: .throttled(retryAfter: reason.retryAfter),
        next: QueueState.isPause(reason.retryAfter)
          ? .goOn : .wait(.retry(throttles, atLeast: nil)))
    case .connection(let fault):
      JobDecision(
        .notSubmitted(reason: fault.summary(of: provider.description)), signal: .unreachable(fault),
        next: .goOn)
    case .cancelled:
      JobDecision(.notSubmitted(reason: "stopped before it was sent"), next: .leave(.stopped))
    }
  }
  /// What follows if a reference image could not be uploaded.
  ///
  /// Nothing is charged for an upload, so it can be repeated whatever became of it.
  package static func afterUpload(
    _ outcome: SubmitOutcome, throttles: Int, by provider: ProviderSubject
  ) -> JobDecision {
    var decision = after(outcome, reply: nil, throttles: throttles, by: provider)
    switch decision.transition {
    case .fail(let failure, _, _): decision.transition = .fail(.notUploaded(failure), reply: nil)
    case .outcomeUnknown(let failure, _):
      var pause: Duration?
      if case .noUsableReply(let unusable) = decision.signal { pause = unusable.retryAfter }
      decision = foreign(.notUploaded(failure), pause)
    default: break
    }
    // The generation is still queued.
    if decision.transition?.target == .queued { decision.transition = nil }
    return decision
  }

  /// What follows from a request that can be repeated without a second charge.
  ///
  /// It stays marked as sent, with its reservation, until a reply decides.
  ///
  /// - Parameter isRepeat: whether an earlier request for the same generation may have arrived.
  package static func repeatable(
    _ decision: JobDecision, isRepeat: Bool, _ progress: inout JobProgress
  ) -> JobDecision {
    var decision = decision
    switch decision.transition {
    case .notSubmitted where isRepeat: decision.transition = nil
    case .outcomeUnknown where progress.repeats < mostRepeats:
      progress.repeats += 1
      decision.transition = nil
      decision.next = .wait(.retry(progress.repeats, atLeast: nil))
    default: break
    }
    return decision
  }

  /// The number of times that a run repeats a request without a usable reply.
  private static let mostRepeats = 2
}
