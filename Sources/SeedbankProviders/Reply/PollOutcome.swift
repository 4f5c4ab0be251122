/// What a service's reply to a poll means.
public enum PollReading: Equatable, Sendable {
  case outcome(PollOutcome)
  /// The job is done, and its result is at an address of its own.
  case resultReady
}

/// What a poll came to.
public enum PollOutcome: Equatable, Sendable {
  /// Not yet; nil where the reply has no status at all.
  case pending(JobStatus?)
  case offered(Offers)
  /// The job failed for good.
  case failed(JobFailure)
  /// The job is done, but the reply has no image: the image often follows within seconds. If it does
  /// not follow within the grace period, the job failed and may have been billed.
  case succeededWithoutImages
  /// The gateway itself knows no such job: right after the submit it may not be there yet, else it is
  /// lost.
  case notFound(GatewayMessage)
  /// The job stays pending; the shortest pause that the reply allows.
  case throttled(retryAfter: Duration?)
  /// The job stays pending: this poll told nothing.
  case retryLater(PollTrouble, retryAfter: Duration?)
  /// The poll itself is refused, and would be again.
  case refused(Refusal)
  case quotaExhausted(QuotaNotice)
  case keyRefused(KeyRefusal)
}

/// How a job failed.
public struct JobFailure: Equatable, Sendable {
  /// The prompt or its image was held back.
  public let isModeration: Bool
  /// The status of the job, if the reply names one.
  public let status: JobStatus?
  /// What the gateway says about it.
  public let message: GatewayMessage

  /// Makes a failure.
  public init(isModeration: Bool, status: JobStatus?, message: GatewayMessage = .none) {
    self.isModeration = isModeration
    self.status = status
    self.message = message
  }
}

/// Why a poll told nothing.
public enum PollTrouble: Equatable, Sendable {
  case server(status: Int)
  case unexpectedStatus(Int)
  /// A status of success, and no JSON object.
  case unreadable
  /// Something between this machine and the gateway answered: this says nothing about the job.
  case intercepted(status: Int)
  /// A fault of theirs, told under a status of success.
  case statedFault(GatewayMessage)
  case timedOut
  case connection(ConnectionFault)
  case replyTooLarge(limit: Int)
  case cancelled
}
