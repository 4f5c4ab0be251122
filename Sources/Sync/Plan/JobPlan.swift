import FoundationEssentials
import Gateway
public import Storage

/// What to do with a generation, from its row and from what calls come to; no effects, no clock.
public enum JobPlan {
  /// The next step for a row whose claim is held.
  ///
  /// No clock ever decides that something is lost, only the gateway's own word does.
  public static func step(for item: WorkItem, _ progress: JobProgress) -> JobStep {
    switch item.status {
    case .queued:
      return item.requestBody.isEmpty ? .record(.fail(.noRequest, reply: nil)) : .submit
    case .submitting:
      // The claim was free: whoever marked it ended before the reply was recorded.
      return .record(kept(item) ?? .loseTrack(.interrupted, reply: nil))
    case .pending:
      guard let jobID = item.jobID else { return .record(.lose(.noJob)) }
      // The first poll of a run comes at once, unless the job was taken up only now.
      return .poll(jobID: jobID, after: .none)
    case .ready:
      return fetching(item, progress)
    case .complete, .failed, .unknown, .lost:
      return .leave(.settled)
    }
  }

  /// What the reply says that was put aside because the catalog had no room for it.
  private static func kept(_ item: WorkItem) -> Transition? {
    guard let reply = item.keptReply else { return nil }
    let outcome = SubmitReply.read(
      Reply(status: reply.status, body: reply.body),
      at: Date(timeIntervalSince1970: item.since.seconds))
    return after(outcome, reply: reply.body).transition
  }

  private static func fetching(_ item: WorkItem, _ progress: JobProgress) -> JobStep {
    guard let offers = item.replyBody.flatMap(Offers.read) else {
      return .record(
        item.jobID == nil ? .lose(.unreadableOffer) : .pollAgain(reason: "unreadable offer"))
    }
    let open = offers.images.filter { offer in
      if case .stored = offer.source { return false }
      return !item.storedPositions.contains(offer.position)
        && progress.abandoned[offer.position] == nil
    }
    if !open.isEmpty { return .fetch(open) }
    let remark = remark(offers, progress)
    guard offers.images.contains(where: { progress.abandoned[$0.position] == nil }) else {
      let isExpired = progress.abandoned.values.contains { $0.isExpired }
      return .record(
        isExpired ? .lose(.expired(remark)) : .fail(.unusableImages(remark), reply: nil))
    }
    return .record(.complete(remark: remark))
  }

  /// Which images of a group did not come, and why; nil where all did.
  private static func remark(_ offers: Offers, _ progress: JobProgress) -> String? {
    let faults = offers.faults.map { ($0.position, $0.message.description) }
    let abandoned = progress.abandoned.map { ($0.key, $0.value.reason) }
    let parts = (faults + abandoned).sorted { $0.0 < $1.0 }
      .map { "image \($0.0) did not come: \($0.1)" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension RecordedFailure {
  static let noRequest = RecordedFailure(
    code: "no-request", message: "no request is recorded that could be sent")
  static let interrupted = RecordedFailure(
    code: "interrupted",
    message: "the program ended between sending the request and recording the reply")
  static let noJob = RecordedFailure(
    code: "no-job", message: "it waits for a job, but the job's id is not recorded")
  static let unreadableOffer = RecordedFailure(
    code: "unreadable-offer", message: "the recorded reply offers no image that can be read")
}
