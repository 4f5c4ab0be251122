public import FoundationEssentials

/// The three calls to a service over HTTP: submit, poll and download.
///
/// It logs nothing, its only state is open connections, and it repeats nothing. The key is sent to the
/// gateway only. ``shutdown()`` must be called before the last reference is released.
public struct GatewayClient: Sendable {
  /// The base address of the gateway.
  public let address: GatewayAddress
  /// Time limits and sizes.
  public let settings: GatewaySettings
  /// The kind of service at the address.
  public let service: any ImageService
  let key: APIKey
  let transport: Transport
  let now: @Sendable () -> Date

  /// - Parameter now: The clock: the time at which a reply came.
  public init(
    service: any ImageService, address: GatewayAddress, key: APIKey,
    settings: GatewaySettings = GatewaySettings(), now: @escaping @Sendable () -> Date
  ) {
    let start = SuspendingClock.now
    self.init(
      service: service, address: address, key: key, settings: settings, now: now,
      uptime: { SuspendingClock.now - start })
  }

  /// - Parameter uptime: Monotonic time, for time limits.
  init(
    service: any ImageService, address: GatewayAddress, key: APIKey,
    settings: GatewaySettings, now: @escaping @Sendable () -> Date,
    uptime: @escaping @Sendable () -> Duration
  ) {
    self.service = service
    self.address = address
    self.key = key
    self.settings = settings
    self.now = now
    transport = Transport(settings, uptime: uptime)
  }

  /// Closes every connection.
  ///
  /// Running exchanges fail. It may be called more than once.
  public func shutdown() async {
    await transport.shutdown()
  }
}

/// The outcome of a submit, with the reply, which must be recorded before it is used.
public struct SubmitAnswer: Equatable, Sendable {
  /// The meaning of the reply.
  public let outcome: SubmitOutcome
  /// Nil without a complete reply.
  ///
  /// If the reply contains the key, the key is replaced.
  public let reply: Reply?

  /// Makes an answer to a submit.
  public init(outcome: SubmitOutcome, reply: Reply?) {
    self.outcome = outcome
    self.reply = reply
  }
}

/// The outcome of a poll, with its reply.
public struct PollAnswer: Equatable, Sendable {
  /// The meaning of the reply.
  public let outcome: PollOutcome
  /// The reply, redacted, or nil if none arrived.
  public let reply: Reply?

  /// Makes an answer to a poll.
  public init(outcome: PollOutcome, reply: Reply?) {
    self.outcome = outcome
    self.reply = reply
  }
}
