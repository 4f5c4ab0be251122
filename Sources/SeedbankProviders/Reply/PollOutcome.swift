/// What a service's reply to a poll means.
public enum PollReading: Equatable, Sendable {
  case outcome(PollOutcome)
  /// The job is finished, and its result has another address.
  case resultReady
}

/// The outcome of a poll.
public enum PollOutcome: Equatable, Sendable {
  /// Running; nil if the reply has no status.
  case pending(JobStatus?)
  case offered(Offers)
  /// The reply has images, but it may not be the last one: its status word is not known, or a place of the
  /// group is empty. If later replies say nothing else, the images are taken.
  case incomplete(JobStatus?, Offers)
  /// The job failed permanently.
  case failed(JobFailure)
  /// The job is finished, but the reply has no image. The image often appears within seconds. If it does
  /// not within the grace period, the job failed and may have been charged.
  case succeededWithoutImages
  /// The gateway does not know the job. Soon after the submit, it may not be visible yet. Otherwise it is
  /// lost.
  case notFound(GatewayMessage)
  /// The job stays pending; the shortest pause that the reply allows.
  case throttled(retryAfter: Duration?)
  /// The job stays pending. This poll had no result.
  case retryLater(PollTrouble, retryAfter: Duration?)
  /// The poll itself is refused.
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
  /// The gateway's message.
  public let message: GatewayMessage
  /// Whether the service charges for a job that ends like this, or may do so.
  public internal(set) var mayBeCharged: Bool

  /// Makes a failure.
  public init(
    isModeration: Bool, status: JobStatus?, message: GatewayMessage = .none,
    mayBeCharged: Bool = false
  ) {
    self.isModeration = isModeration
    self.status = status
    self.message = message
    self.mayBeCharged = mayBeCharged
  }
}

/// Why a poll had no result.
public enum PollTrouble: Equatable, Sendable {
  case server(status: Int)
  case unexpectedStatus(Int)
  /// A status of success without a JSON object.
  case unreadable
  /// A proxy or a firewall answered. This says nothing about the job.
  case intercepted(status: Int)
  /// An error of the service with a status of success.
  case statedFault(GatewayMessage)
  case timedOut
  case connection(ConnectionFault)
  case replyTooLarge(limit: Int)
  case cancelled
}
