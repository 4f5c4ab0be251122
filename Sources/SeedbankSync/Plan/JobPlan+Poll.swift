import SeedbankModel
package import SeedbankProviders
package import SeedbankStorage

/// What is known about a job before it is polled.
package struct PolledJob: Sendable {
  /// The generation that the job belongs to.
  package let item: WorkItem
  /// Whether the gateway in use is the one that the job was submitted to.
  package let isOwnGateway: Bool
  /// Whether the key in use belongs to the account that submitted the job, if this is known.
  package let isOwnAccount: Bool

  /// Makes the context of a poll.
  package init(_ item: WorkItem, isOwnGateway: Bool, isOwnAccount: Bool) {
    self.item = item
    self.isOwnGateway = isOwnGateway
    self.isOwnAccount = isOwnAccount
  }

  /// Why no reply can end the job; nil if a reply can.
  ///
  /// Another gateway, or the key of another account, may be told anything about a job that it cannot see.
  var foreignness: Leaving? {
    if !isOwnGateway { return .otherGateway }
    return isOwnAccount ? nil : .otherAccount
  }
}

extension JobPlan {
  /// What follows from a poll.
  ///
  /// - Parameter uptime: now, by the monotonic clock.
  package static func after(
    _ outcome: PollOutcome, reply: [UInt8]?, _ job: PolledJob, _ progress: inout JobProgress,
    at uptime: Duration, _ settings: SyncSettings
  ) -> JobDecision {
    if case .notFound = outcome {} else { progress.missing = GracePeriod() }
    if case .refused = outcome {} else { progress.refused = GracePeriod() }
    switch outcome {
    case .succeededWithoutImages, .incomplete: break
    default: progress.empty = GracePeriod()
    }
    switch outcome {
    case .offered(let offers):
      return offered(offers, reply)
    case .incomplete(let status, let offers):
      // An unknown status counts as running until the deadline. An empty place is filled soon or never.
      let isUnknown = status?.phase == .unrecognized
      let waited = uptime - (progress.waitingSince ?? uptime)
      let isLast = progress.empty.note(at: uptime, settings.grace, tries: settings.graceTries)
      if isLast, !isUnknown || waited >= settings.patience { return offered(offers, reply) }
      return running(status, job, &progress, at: uptime, settings)
    case .pending(let status):
      if status?.phase == .inFlight { progress.wasRunning = true }
      return running(status, job, &progress, at: uptime, settings)
    case .failed(let failure):
      return ended(
        .fail(RecordedFailure(failure), reply: nil, mayBeCharged: failure.mayBeCharged), job)
    case .succeededWithoutImages:
      guard progress.empty.note(at: uptime, settings.grace, tries: settings.graceTries) else {
        return waiting(&progress, .answered, at: uptime, settings, else: .noImageYet)
      }
      return ended(.fail(.noImage, reply: nil, mayBeCharged: true), job)
    case .notFound(let message):
      return notFound(message, job, &progress, at: uptime, settings)
    case .throttled(let pause):
      return waiting(&progress, .throttled(retryAfter: pause), at: uptime, settings)
    case .retryLater(.connection(let fault), _):
      return waiting(&progress, .unreachable(fault), at: uptime, settings)
    case .retryLater(.cancelled, _):
      return JobDecision(next: .leave(.stopped))
    case .retryLater(_, let pause):
      return waiting(&progress, .none, atLeast: pause, at: uptime, settings)
    case .refused(let refusal):
      if refusal.kind == .moderation {
        return ended(.fail(RecordedFailure(refusal, by: job.item.subject), reply: nil), job)
      }
      return JobDecision(signal: .answered, next: .leave(.pollRefused(refusal.message)))
    case .quotaExhausted(let notice):
      return JobDecision(signal: .quotaExhausted(notice), next: .leave(.stopped))
    case .keyRefused(let refusal):
      guard job.isOwnAccount else { return JobDecision(next: .leave(.otherAccount)) }
      return JobDecision(signal: .keyRefused(refusal), next: .leave(.stopped))
    }
  }

  private static func offered(_ offers: Offers, _ reply: [UInt8]?) -> JobDecision {
    JobDecision(
      .offeredByPoll(reply: reply ?? [], usage: offers.usage?.json), signal: .answered, next: .goOn)
  }

  /// Waits for a job that is running.
  ///
  /// The timeline gets an entry for a status word that is not known.
  private static func running(
    _ status: JobStatus?, _ job: PolledJob, _ progress: inout JobProgress, at uptime: Duration,
    _ settings: SyncSettings
  ) -> JobDecision {
    var decision = waiting(&progress, .answered, at: uptime, settings)
    if let status, status.phase == .unrecognized,
      progress.strangeWords.insert(status.word).inserted
    {
      decision.note = "\(job.item.subject) reports “\(status.word)”; treated as running"
    }
    return decision
  }

  /// Ends the job, unless the reply may be about another account or another gateway.
  private static func ended(_ transition: Transition, _ job: PolledJob) -> JobDecision {
    if let leaving = job.foreignness {
      return JobDecision(signal: .answered, next: .leave(leaving))
    }
    return JobDecision(ending(job.item, transition), signal: .answered, next: .leave(.settled))
  }

  /// Polls again later, unless this run has waited long enough.
  ///
  /// The time is checked after a poll, never before one, so that a computer that slept polls once
  /// more.
  private static func waiting(
    _ progress: inout JobProgress, _ signal: QueueSignal, atLeast pause: Duration? = nil,
    at uptime: Duration, _ settings: SyncSettings, else leaving: Leaving = .stillPending
  ) -> JobDecision {
    let since = progress.waitingSince ?? uptime
    progress.waitingSince = since
    progress.polls += 1
    if uptime - since + (pause ?? .zero) >= settings.patience {
      return JobDecision(signal: signal, next: .leave(leaving))
    }
    let wait: Wait = pause.map { .retry(progress.polls, atLeast: $0) } ?? .poll(progress.polls)
    return JobDecision(signal: signal, next: .wait(wait))
  }

  private static func notFound(
    _ message: GatewayMessage, _ job: PolledJob, _ progress: inout JobProgress,
    at uptime: Duration, _ settings: SyncSettings
  ) -> JobDecision {
    if let leaving = job.foreignness {
      return JobDecision(signal: .answered, next: .leave(leaving))
    }
    guard progress.missing.note(at: uptime, settings.grace, tries: settings.graceTries) else {
      return waiting(&progress, .answered, at: uptime, settings)
    }
    return ended(.lose(.jobGone(message, at: job.item.subject)), job)
  }
}

extension WorkItem {
  /// The words for its provider in what is recorded.
  var subject: ProviderSubject { ProviderSubject(provider.name) }
}

extension PollOutcome {
  /// Whether the reply may be the last one for the job, so that it is stored before it is interpreted.
  ///
  /// A reply that offers images is stored together with the next step.
  var mayEndJob: Bool {
    switch self {
    case .failed, .succeededWithoutImages, .notFound, .refused: true
    case .offered, .incomplete, .pending, .throttled, .retryLater, .quotaExhausted, .keyRefused:
      false
    }
  }
}

extension PollOutcome {
  /// Whether the reply comes from the gateway.
  var isOfTheGateway: Bool {
    switch self {
    case .pending, .offered, .incomplete, .failed, .succeededWithoutImages, .notFound, .throttled,
      .refused, .quotaExhausted, .keyRefused, .retryLater(.statedFault, _):
      true
    case .retryLater: false
    }
  }
}
