extension GatewayClient {
  /// Polls a job of the default endpoint once.
  ///
  /// - Parameter jobID: As ``SubmitOutcome/accepted(jobID:)`` gave it.
  package func poll(_ jobID: String) async -> PollAnswer {
    await poll(jobID, at: EncodedRequest.standardEndpoint)
  }

  /// Polls a job once, and requests its result if the result has another address.
  ///
  /// Links in replies are never used for this, because the key is sent to the service's own address only.
  ///
  /// - Parameter images: The maximum number of images of the job, on which the largest reply depends.
  package func poll(
    _ jobID: String, at endpoint: String, images: Int = 1
  ) async -> PollAnswer {
    let jobID = key.restored(jobID: jobID)
    let limit = settings.largestReply(images: images)
    switch await ask(.running(endpoint: endpoint, jobID: jobID), limit: limit) {
    case .answered(.outcome(let outcome), let reply):
      return PollAnswer(outcome: outcome, reply: reply)
    case .answered(.resultReady, let reply):
      switch await ask(.finished(endpoint: endpoint, jobID: jobID), limit: limit) {
      case .answered(.outcome(let outcome), let reply):
        return PollAnswer(outcome: outcome, reply: reply)
      case .answered(.resultReady, _):
        return PollAnswer(outcome: .succeededWithoutImages, reply: reply)
      case .failed(let outcome): return PollAnswer(outcome: outcome, reply: nil)
      }
    case .failed(let outcome): return PollAnswer(outcome: outcome, reply: nil)
    }
  }

  private enum Asked {
    case answered(PollReading, Reply)
    case failed(PollOutcome)
  }

  private func ask(_ state: JobState, limit: Int) async -> Asked {
    let reading = ReplyReading()
    do {
      let limits = TimeLimits(silence: settings.pollTimeout, whole: settings.downloadTimeout)
      let reply = try await send(
        service.nextCall(for: state), on: .shared, within: limits, limit: limit
      ) { try await reading.read($0, limit: limit) }
      return .answered(service.readPoll(reply, to: state, at: now()), reply)
    } catch let failure as ExchangeFailure {
      if let asked = await answer(in: reading, after: failure, to: state) { return asked }
      let trouble: PollTrouble =
        switch failure.cause {
        case .connection(let fault): .connection(fault)
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .tooLarge(let limit): .replyTooLarge(limit: limit)
        }
      return .failed(.retryLater(trouble, retryAfter: nil))
    } catch {
      return .failed(.retryLater(.connection(.other), retryAfter: nil))
    }
  }

  /// The answer in JSON that is complete although the exchange failed; nil if there is none.
  ///
  /// As for a submit, only the framing of such a reply is damaged. It does not end the job, because a failed job
  /// cannot be polled again.
  private func answer(
    in reading: ReplyReading, after failure: ExchangeFailure, to state: JobState
  ) async -> Asked? {
    if case .cancelled = failure.cause { return nil }
    guard let reply = await reading.brokenReply?.redacting(key) else { return nil }
    let poll = service.readPoll(reply, to: state, at: now())
    switch poll {
    case .resultReady, .outcome(.offered), .outcome(.pending), .outcome(.incomplete):
      return .answered(poll, reply)
    case .outcome: return nil
    }
  }
}
