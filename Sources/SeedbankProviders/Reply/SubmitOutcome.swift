/// What a submit came to.
public enum SubmitOutcome: Equatable, Sendable {
  /// At least one image is held out.
  case offered(Offers)
  /// The work goes on under this id; persist it, then poll.
  case accepted(jobID: String)
  /// A definite no to this request; others may go well.
  case refused(Refusal)
  /// Nothing was taken up: the same request may go again after a pause.
  case notSubmitted(NotSubmitted)
  /// The allowance is used up: stop the queue.
  case quotaExhausted(QuotaNotice)
  /// The key is the problem: stop the queue.
  case keyRefused(KeyRefusal)
  /// Sent, but nothing says what was done: perhaps billed, never to be repeated unasked.
  case unknown(UnknownOutcome)
  /// Something between this machine and the gateway answered in its place. Several in a row mean that
  /// the gateway cannot be reached: stop the queue.
  case intercepted(Interception)
}

extension SubmitOutcome {
  /// The same from a service that never names a job: an id in its reply is of the request.
  var ofSynchronousService: SubmitOutcome {
    switch self {
    case .offered(var offers):
      offers.jobID = nil
      return .offered(offers)
    case .accepted:
      return .unknown(UnknownOutcome(reason: .noImageNoJob, message: .none))
    default: return self
    }
  }
}

/// A reply that the gateway did not write: of a proxy, a firewall, a load balancer or a web server.
public struct Interception: Equatable, Sendable {
  /// The status code of the reply.
  public let status: Int
  /// Whether the request may have reached the gateway all the same: then the outcome is unknown. If
  /// not, the same request may be sent again.
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

/// A definite no, with what the gateway says of it.
public struct Refusal: Equatable, Sendable {
  /// The kind of refusal.
  public let kind: Kind
  /// What the gateway says about it.
  public let message: GatewayMessage

  /// The kinds of refusals.
  public enum Kind: Equatable, Sendable {
    /// The request itself: a parameter, its form, its length.
    case badRequest(status: Int)
    /// The prompt, or the image that came of it, was held back.
    case moderation
    case modelNotFound
    /// Nothing answers at this path: the base URL is probably wrong.
    case noSuchRoute
    /// 301, 307 or 308: the gateway is at another address. The key is not carried there.
    case redirected(status: Int)
    /// An error or `success: false` under a status of success.
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

/// Why a request was not taken up.
public struct NotSubmitted: Equatable, Sendable {
  /// Why, as far as the reply tells.
  public let reason: Reason
  /// The shortest pause that the reply allows, as it states it. It may be zero, so one's own backoff
  /// holds as well. Nil if none is stated.
  public let retryAfter: Duration?
  /// What the gateway says about it.
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

/// The gateway does not want this key.
public struct KeyRefusal: Equatable, Sendable {
  /// The kind of refusal.
  public let kind: Kind
  /// What the gateway says about it.
  public let message: GatewayMessage

  /// The kinds of refusals.
  public enum Kind: Equatable, Sendable {
    /// 401: missing or not known.
    case invalid
    /// 403: known, and not allowed here.
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
  /// Why, as far as the reply tells.
  public let reason: Reason
  /// What the gateway says about it.
  public let message: GatewayMessage

  /// The possible reasons.
  public enum Reason: Equatable, Sendable {
    /// 5xx.
    case server(status: Int)
    /// A status that has no meaning here.
    case unexpectedStatus(Int)
    /// 302 or 303, with which servers answer a request that they have carried out, and rarer ones.
    case redirected(status: Int)
    /// A reply of success that is no JSON object.
    case unreadable
    /// A reply of success with neither an image nor an id.
    case noImageNoJob
    /// A fault of theirs, told under a status of success.
    case statedFault
    case timedOut
    case connectionLost(ConnectionFault)
    /// The reply was cut off at this many bytes.
    case replyTooLarge(limit: Int)
    /// The task was cancelled while the reply was awaited.
    case cancelled
  }

  /// Makes an outcome with its reason.
  public init(reason: Reason, message: GatewayMessage = .none) {
    self.reason = reason
    self.message = message
  }
}
