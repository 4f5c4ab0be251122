package import SeedbankProviders
package import SeedbankStorage

extension JobPlan {
  /// What follows from fetching one of the images that are offered.
  ///
  /// - Parameter uptime: now, by the monotonic clock.
  package static func after(
    _ outcome: FetchOutcome, of offer: Offer, for item: WorkItem, _ progress: inout JobProgress,
    at uptime: Duration, _ settings: SyncSettings
  ) -> JobDecision {
    switch outcome {
    case .stored:
      return JobDecision(next: .goOn)
    case .interrupted:
      return JobDecision(next: .leave(.stopped))
    case .expired(let status):
      return expired("its link expired (\(status))", offer, item, &progress)
    case .refused(let status, let pause):
      return refused(status, pause, offer, item, &progress, at: uptime, settings)
    case .unusable(let trouble):
      progress[offer.position].abandoned = Abandonment(
        reason: trouble.summary, isExpired: false)
      return JobDecision(note: "image \(offer.position): \(trouble.summary)", next: .goOn)
    case .unfetchable(let trouble):
      return postponed(trouble, offer, &progress)
    case .trouble(let trouble, let pause):
      let failures = progress[offer.position].failures + 1
      progress[offer.position].failures = failures
      if failures >= settings.downloadTries || pause ?? .zero > settings.patience {
        return postponed(trouble, offer, &progress)
      }
      return JobDecision(
        next: .retry(image: offer.position, .retry(failures - 1, atLeast: pause)))
    }
  }

  /// Leaves one image to a later run and continues with the others.
  private static func postponed(
    _ trouble: FetchTrouble, _ offer: Offer, _ progress: inout JobProgress
  ) -> JobDecision {
    progress[offer.position].postponed = trouble
    return JobDecision(note: "image \(offer.position): \(trouble.summary)", next: .goOn)
  }

  /// A status like 404 may come from storage that is not consistent yet, or from a firewall.
  ///
  /// So it is believed only if it lasts: for the grace period of one run, or for several shorter
  /// runs.
  private static func refused(
    _ status: Int, _ pause: Duration?, _ offer: Offer, _ item: WorkItem,
    _ progress: inout JobProgress, at uptime: Duration, _ settings: SyncSettings
  ) -> JobDecision {
    let position = offer.position
    let isOver = progress[position].refusals.note(
      at: uptime, settings.imageGrace, tries: settings.graceTries)
    if progress[position].isDead || isOver || item.refusedRuns >= settings.refusedRuns {
      progress[position].isDead = true
      return expired("its server refuses the link (\(status))", offer, item, &progress)
    }
    let refusals = progress[position].refusals
    let waited = uptime - (refusals.since ?? uptime)
    if waited + (pause ?? .zero) >= settings.patience {
      var decision = postponed(.refused(status: status), offer, &progress)
      decision.event = WorkItem.imageRefused
      return decision
    }
    return JobDecision(next: .retry(image: position, .retry(refusals.count - 1, atLeast: pause)))
  }

  /// A job can be polled for new links, a few times.
  ///
  /// Without a job, an image with an expired link is lost. It is never generated again without a
  /// request of the user.
  private static func expired(
    _ reason: String, _ offer: Offer, _ item: WorkItem, _ progress: inout JobProgress
  ) -> JobDecision {
    if item.jobID != nil, progress.renewals < renewalLimit {
      progress.renewals += 1
      return JobDecision(
        .pollAgain(reason: "image \(offer.position): \(reason)"),
        next: .wait(progress.renewals > 1 ? .poll(progress.renewals) : .none))
    }
    progress[offer.position].abandoned = Abandonment(reason: reason, isExpired: true)
    return JobDecision(next: .goOn)
  }

  /// If a job returns expired links repeatedly, polling ends.
  static let renewalLimit = 3
}
