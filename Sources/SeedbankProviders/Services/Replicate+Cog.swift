import FoundationEssentials

/// Cog servers: the same requests, without an account and without jobs.
///
/// A `PUT` waits for its prediction. A server has no address that tells the status of a prediction.
///
/// Sources: Cog's documentation of its HTTP API and its server, 2026-09.
extension Replicate {
  /// The model name for a Cog server, which has only one model.
  static let cog = "cog"
  /// The endpoint of a Cog server.
  static let cogPath = "/predictions"

  /// The call that makes a prediction and returns its result.
  ///
  /// While the prediction is running, the same call starts no second one. After its end, the same call makes a new
  /// one, which costs nothing.
  static func cogCall(_ request: EncodedRequest, _ clientID: String) -> ServiceCall {
    ServiceCall(.put, "\(cogPath)/\(JobState.segment(clientID))", body: .json(request.body.bytes))
  }

  /// Returns the meaning of a reply to such a call.
  static func readCog(_ reply: Reply, at now: Date) -> SubmitOutcome {
    let root = ReplyContent(reply.body).object
    if (200...299).contains(reply.status), let root, let status = JobStatus.read(from: root) {
      let message = GatewayMessage(root)
      switch status.phase {
      case .inFlight:
        // An earlier call has started the prediction. The same call returns its result later.
        return busy(message)
      case .failed where Offers(root).images.isEmpty:
        // It is final, also if the words of the error are those of a server that failed.
        let isModeration = status.isModeration || ErrorMeaning.of(message) == .moderation
        return .refused(Refusal(kind: isModeration ? .moderation : .stated, message: message))
      case .failed, .done, .unrecognized: break
      }
    }
    switch SubmitReply.read(reply, at: now).ofSynchronousService(reply) {
    case .refused(let refusal) where reply.status == 409:
      // The server makes as many predictions as it can at the same time, and has not started this one.
      return busy(refusal.message)
    case .offered(let offers): return .offered(withSeed(offers, of: reply))
    case let outcome: return outcome
    }
  }

  private static func busy(_ message: GatewayMessage) -> SubmitOutcome {
    .notSubmitted(NotSubmitted(reason: .throttled, message: message))
  }
}
