public import Gateway
public import Storage

extension JobPlan {
  /// What follows from fetching one of the images that are offered.
  public static func after(
    _ outcome: FetchOutcome, of offer: Offer, for item: WorkItem, _ progress: inout JobProgress,
    _ settings: SyncSettings
  ) -> JobDecision {
    switch outcome {
    case .stored:
      return JobDecision(next: .goOn)
    case .interrupted:
      return JobDecision(next: .leave(.stopped))
    case .expired(let status):
      return expired(status, offer, item, &progress)
    case .unusable(let trouble):
      progress.abandoned[offer.position] = Abandonment(reason: trouble.summary, isExpired: false)
      return JobDecision(note: "image \(offer.position): \(trouble.summary)", next: .goOn)
    case .unfetchable(let trouble):
      return JobDecision(
        note: "image \(offer.position): \(trouble.summary)", next: .leave(.notFetched(trouble)))
    case .trouble(let trouble, let pause):
      let tries = progress.downloads[offer.position, default: 0] + 1
      progress.downloads[offer.position] = tries
      if tries >= settings.downloadTries || pause ?? .zero > settings.patience {
        return JobDecision(
          note: "image \(offer.position): \(trouble.summary)", next: .leave(.notFetched(trouble)))
      }
      return JobDecision(next: .wait(.retry(tries - 1, atLeast: pause)))
    }
  }

  /// A job can be asked for fresh links, a few times; without one an image whose link is dead is
  /// gone. It is never made again unasked.
  private static func expired(
    _ status: Int, _ offer: Offer, _ item: WorkItem, _ progress: inout JobProgress
  ) -> JobDecision {
    if item.jobID != nil, progress.renewals < renewalLimit {
      progress.renewals += 1
      return JobDecision(
        .pollAgain(reason: "the link of image \(offer.position) expired (\(status))"),
        next: .wait(progress.renewals > 1 ? .poll(progress.renewals) : .none))
    }
    progress.abandoned[offer.position] = Abandonment(
      reason: "its link expired (\(status))", isExpired: true)
    return JobDecision(next: .goOn)
  }

  /// Links that a job gives again and again although they are dead are not asked for without end.
  static let renewalLimit = 3
}
