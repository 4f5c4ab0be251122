/// The outcome of a submit.
public enum SubmitOutcome: Equatable, Sendable {
  /// At least one image is offered.
  case offered(Offers)
  /// The job continues under this id. Store the id, then poll.
  case accepted(jobID: String)
  /// This request is refused. Others may succeed.
  case refused(Refusal)
  /// The request was not accepted. It may be sent again after a pause.
  case notSubmitted(NotSubmitted)
  /// The quota is used up. Stop the queue.
  case quotaExhausted(QuotaNotice)
  /// The key is the problem: stop the queue.
  case keyRefused(KeyRefusal)
  /// Sent, but the outcome is unknown. It may have been charged, and must be repeated only on request.
  case unknown(UnknownOutcome)
  /// A proxy or a firewall answered instead of the gateway. Several in a row mean that the gateway cannot
  /// be reached. Stop the queue.
  case intercepted(Interception)
}

extension SubmitOutcome {
  /// The outcome for a service without jobs: an id in its reply is that of the request, and no other reply
  /// follows.
  ///
  /// So an image that a job would replace by a later one is the result here.
  func ofSynchronousService(_ reply: Reply) -> SubmitOutcome {
    let found: Offers? =
      switch self {
      case .offered(let offers): offers
      case .accepted: Offers.read(reply.body)
      default: nil
      }
    if var offers = found {
      offers.jobID = nil
      return .offered(offers)
    }
    if case .accepted = self {
      return .unknown(UnknownOutcome(reason: .noImageNoJob, message: .none))
    }
    return self
  }
}

/// A reply of a proxy, a firewall, a load balancer or a web server, not of the gateway.
public struct Interception: Equatable, Sendable {
  /// The status code of the reply.
  public let status: Int
  /// Whether the request may have reached the gateway.
  ///
  /// Then the outcome is unknown. Otherwise the same request may be sent again.
  public let mayBeCharged: Bool
  /// The pause that it asks for; nil if it asks for none.
  public let retryAfter: Duration?
  /// The title or the first line of the page, if it has one.
  public let message: GatewayMessage

  /// Makes an interception.
  public init(
    status: Int, mayBeCharged: Bool, retryAfter: Duration? = nil, message: GatewayMessage = .none
  ) {
    self.status = status
    self.mayBeCharged = mayBeCharged
    self.retryAfter = retryAfter
    self.message = message
  }
}

/// A refusal with the gateway's message.
public struct Refusal: Equatable, Sendable {
  /// The kind of refusal.
  public let kind: Kind
  /// The gateway's message.
  public let message: GatewayMessage

  /// The kinds of refusals.
  public enum Kind: Equatable, Sendable {
    /// The request itself: a parameter, its form, its length.
    case badRequest(status: Int)
    /// Moderation rejected the prompt or the image.
    case moderation
    case modelNotFound
    /// The path does not exist. The base URL is probably wrong.
    case noSuchRoute
    /// 301, 307 or 308: the gateway has another address. The key is not sent there.
    case redirected(status: Int)
    /// An error or `success: false` with a status of success.
    case stated
    /// Every image of the group failed.
    case everyImageFailed
  }

  /// Makes a refusal of a kind.
  public init(kind: Kind, message: GatewayMessage = .none) {
    self.kind = kind
    self.message = message
  }
}

/// Why a request was not accepted.
public struct NotSubmitted: Equatable, Sendable {
  /// The reason, if it is known.
  public let reason: Reason
  /// The pause that the reply states, which is a minimum.
  ///
  /// It may be zero, so the client's own backoff applies too. Nil if none is stated.
  public let retryAfter: Duration?
  /// The gateway's message.
  public let message: GatewayMessage

  /// The possible reasons.
  public enum Reason: Equatable, Sendable {
    case throttled
    /// No byte of the request had been given to a connection.
    case connection(ConnectionFault)
    /// The task was cancelled before.
    case cancelled
  }

  /// Makes an outcome with its reason.
  public init(reason: Reason, retryAfter: Duration? = nil, message: GatewayMessage = .none) {
    self.reason = reason
    self.retryAfter = retryAfter
    self.message = message
  }
}

/// The gateway refuses this key.
public struct KeyRefusal: Equatable, Sendable {
  /// The kind of refusal.
  public let kind: Kind
  /// The gateway's message.
  public let message: GatewayMessage

  /// The kinds of refusals.
  public enum Kind: Equatable, Sendable {
    /// 401: missing or not known.
    case invalid
    /// 403: known, but not allowed here.
    case forbidden
    /// 402: not paid for.
    case payment
  }

  /// Makes a refusal of a kind.
  public init(kind: Kind, message: GatewayMessage = .none) {
    self.kind = kind
    self.message = message
  }
}

/// Why the outcome is unknown.
public struct UnknownOutcome: Equatable, Sendable {
  /// The reason, if it is known.
  public let reason: Reason
  /// The pause that the reply states; nil if it states none.
  public let retryAfter: Duration?
  /// The gateway's message.
  public let message: GatewayMessage

  /// The possible reasons.
  public enum Reason: Equatable, Sendable {
    /// 5xx.
    case server(status: Int)
    /// A status that has no meaning here.
    case unexpectedStatus(Int)
    /// 302 or 303, which servers send after they have executed a request, and rarer redirects.
    case redirected(status: Int)
    /// A reply of success that is not a JSON object.
    case unreadable
    /// A reply of success with neither an image nor an id.
    case noImageNoJob
    /// An error of the service with a status of success.
    case statedFault
    case timedOut
    case connectionLost(ConnectionFault)
    /// The reply was cut off at this many bytes.
    case replyTooLarge(limit: Int)
    /// The task was cancelled while it waited for the reply.
    case cancelled
  }

  /// Makes an outcome with its reason.
  public init(reason: Reason, retryAfter: Duration? = nil, message: GatewayMessage = .none) {
    self.reason = reason
    self.retryAfter = retryAfter
    self.message = message
  }
}
