extension GatewayClient {
  /// Asks once how a job stands.
  ///
  /// - Parameter jobID: As ``SubmitOutcome/accepted(jobID:)`` gave it.
  public func poll(_ jobID: String) async -> PollAnswer {
    let body =
      Array(#"{"job_set_id":"#.utf8) + JSONText.literal(key.restored(jobID: jobID))
      + Array("}".utf8)
    do {
      let limits = TimeLimits(silence: settings.pollTimeout, whole: settings.downloadTimeout)
      let reply = try await post(body, to: address.poll, on: .shared, within: limits)
      return PollAnswer(outcome: PollReply.read(reply, at: now()), reply: reply)
    } catch let failure as ExchangeFailure {
      let trouble: PollTrouble =
        switch failure.cause {
        case .connection(let fault): .connection(fault)
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .tooLarge(let limit): .replyTooLarge(limit: limit)
        }
      return PollAnswer(outcome: .retryLater(trouble, retryAfter: nil), reply: nil)
    } catch {
      return PollAnswer(
        outcome: .retryLater(.connection(.other), retryAfter: nil), reply: nil)
    }
  }
}
