import SeedbankProviders
import SeedbankStorage

extension WorkItem {
  /// The images that its recorded reply offers; nil if there are none, or if they may be previews.
  var offers: Offers? {
    guard let replyBody else { return nil }
    return jobID == nil
      ? Offers.read(replyBody) : Offers.readResult(ofJob: replyBody, isFromPoll: replyIsFromPoll)
  }
}

extension RecordedReplies {
  /// The images that a job brought last; nil if there are none, or if they may be previews.
  var jobOffers: Offers? {
    poll.flatMap { Offers.readResult(ofJob: $0, isFromPoll: true) }
      ?? submit.flatMap { Offers.readResult(ofJob: $0, isFromPoll: false) }
  }
}
