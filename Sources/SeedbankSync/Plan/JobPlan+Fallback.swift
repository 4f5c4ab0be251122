import SeedbankModel
package import SeedbankProviders
import SeedbankStorage

extension JobPlan {
  /// Returns the same decision, or to use the images in the reply to the submit.
  ///
  /// A reply that names a job under an unknown status word can show previews or the result. If the job brings no
  /// other images, they are used.
  ///
  /// - Parameters:
  ///   - outcome: what the poll brought.
  ///   - submitted: reads the recorded reply to the submit. It is called only if the job brings no images.
  package static func orSubmittedImages(
    _ decision: JobDecision, after outcome: PollOutcome, _ job: PolledJob,
    _ progress: inout JobProgress, at uptime: Duration, _ settings: SyncSettings,
    submitted: () throws -> [UInt8]?
  ) rethrows -> JobDecision {
    let waited = uptime - (progress.waitingSince ?? uptime)
    let isLongEnough = waited >= settings.grace && progress.polls >= settings.graceTries
    guard job.isOwnGateway, job.isOwnAccount,
      endsWithoutImages(
        decision, after: outcome, wasRunning: progress.wasRunning, isLongEnough: isLongEnough),
      let reply = try submitted(), let offers = Offers.readPossibleResult(reply)
    else { return decision }
    // One refusal can be an accident, and the job may still bring its images.
    if case .refused = outcome,
      !progress.refused.note(at: uptime, settings.grace, tries: settings.graceTries)
    {
      guard waited < settings.patience else { return decision }
      return JobDecision(signal: decision.signal, next: .wait(.poll(progress.refused.count)))
    }
    return JobDecision(
      .offeredByPoll(reply: reply, usage: offers.usage?.json),
      note: "the job brought no other images; those in the reply to the request are used",
      signal: decision.signal, next: .goOn)
  }

  /// Whether the run ends, and later polls will probably bring no images either.
  ///
  /// False for a job that was running in this run, unless the gateway says that it is gone or done. False also for a
  /// job that failed, and after a failure of the network.
  private static func endsWithoutImages(
    _ decision: JobDecision, after outcome: PollOutcome, wasRunning: Bool, isLongEnough: Bool
  ) -> Bool {
    let mayBeOver = isLongEnough && !wasRunning && decision.next == .leave(.stillPending)
    switch outcome {
    case .notFound, .succeededWithoutImages:
      guard let target = decision.transition?.target else { return false }
      return target == .lost || target == .failed
    case .refused(let refusal):
      return !wasRunning && decision.next == .leave(.pollRefused(refusal.message))
    case .pending:
      return mayBeOver
    case .retryLater(.intercepted(let status), _):
      // The address of the status does not exist.
      return mayBeOver && [404, 405, 410].contains(status)
    case .offered, .incomplete, .failed, .throttled, .retryLater, .quotaExhausted, .keyRefused:
      return false
    }
  }
}
