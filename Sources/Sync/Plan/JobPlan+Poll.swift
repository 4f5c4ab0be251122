public import Gateway
import Storage

extension JobPlan {
  /// What follows from a poll.
  ///
  /// - Parameters:
  ///   - isOwnGateway: whether the job was submitted to the gateway that was asked.
  ///   - uptime: now, by the clock that nobody sets.
  public static func after(
    _ answer: PollAnswer, _ progress: inout JobProgress, isOwnGateway: Bool, at uptime: Duration,
    _ settings: SyncSettings
  ) -> JobDecision {
    after(
      answer.outcome, reply: answer.reply?.body, &progress, isOwnGateway: isOwnGateway, at: uptime,
      settings)
  }

  static func after(
    _ outcome: PollOutcome, reply: [UInt8]?, _ progress: inout JobProgress, isOwnGateway: Bool,
    at uptime: Duration, _ settings: SyncSettings
  ) -> JobDecision {
    if case .notFound = outcome {} else { (progress.missing, progress.missingSince) = (0, nil) }
    switch outcome {
    case .offered(let offers):
      return JobDecision(
        .offeredByPoll(reply: reply ?? [], usage: offers.usage?.json), signal: .answered,
        next: .goOn)
    case .pending(let status):
      var decision = waiting(&progress, .answered, at: uptime, settings)
      if let status, status.phase == .unrecognised,
        progress.strangeWords.insert(status.word).inserted
      {
        decision.note = "the gateway says “\(status.word)”, taken as still under way"
      }
      return decision
    case .failed(let failure):
      return failed(RecordedFailure(failure))
    case .succeededWithoutImages:
      return failed(.noImage)
    case .notFound(let message):
      return notFound(message, &progress, isOwnGateway, at: uptime, settings)
    case .throttled(let pause):
      return waiting(&progress, .throttled(retryAfter: pause), at: uptime, settings)
    case .retryLater(.connection(let fault), _):
      return waiting(&progress, .unreachable(fault), at: uptime, settings)
    case .retryLater(.cancelled, _):
      return JobDecision(next: .leave(.stopped))
    case .retryLater(_, let pause):
      return waiting(&progress, .none, atLeast: pause, at: uptime, settings)
    case .refused(let refusal):
      if refusal.kind == .moderation { return failed(RecordedFailure(refusal)) }
      return JobDecision(signal: .answered, next: .leave(.pollRefused(refusal.message)))
    case .quotaExhausted(let notice):
      return JobDecision(signal: .quotaExhausted(notice), next: .leave(.stopped))
    case .keyRefused(let refusal):
      return JobDecision(signal: .keyRefused(refusal), next: .leave(.stopped))
    }
  }

  private static func failed(_ failure: RecordedFailure) -> JobDecision {
    JobDecision(.fail(failure, reply: nil), signal: .answered, next: .leave(.settled))
  }

  /// Another poll later, unless this run has waited long enough. The patience is looked at after a
  /// poll and never before one, so that a machine that slept through it still asks once more.
  private static func waiting(
    _ progress: inout JobProgress, _ signal: QueueSignal, atLeast pause: Duration? = nil,
    at uptime: Duration, _ settings: SyncSettings
  ) -> JobDecision {
    let since = progress.waitingSince ?? uptime
    progress.waitingSince = since
    progress.polls += 1
    if uptime - since + (pause ?? .zero) >= settings.patience {
      return JobDecision(signal: signal, next: .leave(.stillPending))
    }
    let wait: Wait = pause.map { .retry(progress.polls, atLeast: $0) } ?? .poll(progress.polls)
    return JobDecision(signal: signal, next: .wait(wait))
  }

  private static func notFound(
    _ message: GatewayMessage, _ progress: inout JobProgress, _ isOwnGateway: Bool,
    at uptime: Duration, _ settings: SyncSettings
  ) -> JobDecision {
    guard isOwnGateway else { return JobDecision(signal: .answered, next: .leave(.otherGateway)) }
    let since = progress.missingSince ?? uptime
    progress.missingSince = since
    progress.missing += 1
    guard uptime - since >= settings.grace, progress.missing >= settings.graceTries else {
      return waiting(&progress, .answered, at: uptime, settings)
    }
    return JobDecision(.lose(.jobGone(message)), signal: .answered, next: .leave(.settled))
  }
}
