public import FoundationEssentials

/// The gateway's three verbs over HTTP: submit, poll, download.
///
/// It logs nothing, keeps no state but open connections, and tries nothing twice. The key goes to the
/// gateway alone. ``shutdown()`` must be called before the last reference goes.
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
    service: any ImageService = Pixazo(), address: GatewayAddress, key: APIKey,
    settings: GatewaySettings = GatewaySettings(), now: @escaping @Sendable () -> Date
  ) {
    let start = SuspendingClock.now
    self.init(
      service: service, address: address, key: key, settings: settings, now: now,
      uptime: { SuspendingClock.now - start })
  }

  /// - Parameter uptime: Monotonic time, for time limits.
  init(
    service: any ImageService = Pixazo(), address: GatewayAddress, key: APIKey,
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

  /// Closes every connection; exchanges under way fail. May be called more than once.
  public func shutdown() async {
    await transport.shutdown()
  }
}

/// What a submit came to, with the reply to be recorded before anything is done with it.
public struct SubmitAnswer: Equatable, Sendable {
  /// How the reply was read.
  public let outcome: SubmitOutcome
  /// Nil where none came whole. The key, should it be echoed in it, is crossed out.
  public let reply: Reply?

  /// Makes an answer to a submit.
  public init(outcome: SubmitOutcome, reply: Reply?) {
    self.outcome = outcome
    self.reply = reply
  }
}

/// What a poll came to, with its reply.
public struct PollAnswer: Equatable, Sendable {
  /// How the reply was read.
  public let outcome: PollOutcome
  /// The reply, redacted, or nil if none arrived.
  public let reply: Reply?

  /// Makes an answer to a poll.
  public init(outcome: PollOutcome, reply: Reply?) {
    self.outcome = outcome
    self.reply = reply
  }
}
