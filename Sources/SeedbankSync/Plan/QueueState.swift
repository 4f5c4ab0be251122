import SeedbankModel
public import SeedbankProviders
import SeedbankStorage

/// Whether calls may go out, for all workers of a run alike.
public struct QueueState: Sendable {
  private let settings: SyncSettings
  /// By the clock that nobody sets: no call to the gateway before this.
  public private(set) var pausedUntil: Duration = .zero
  /// Why the gateway is not called any more.
  public private(set) var stop: StopReason?
  /// Why nothing is sent any more, while jobs are still polled.
  public private(set) var outage: StopReason?
  /// Why nothing at all is done any more.
  public private(set) var halt: StopReason?
  private var throttles = 0
  private var failures = 0
  private var lastTrouble: Duration = .zero
  /// Requests in a row, in the order in which they ended, without a usable reply.
  private var doubts = 0
  private var tolerance: Int
  /// Whether the gateway has answered a request.
  private var isProven = false
  private var submitsUnderWay = 0

  /// - Parameter outage: what an earlier run of the same watch was stopped by.
  public init(_ settings: SyncSettings, after outage: PriorOutage? = nil) {
    self.settings = settings
    tolerance = max(1, settings.outageTries)
    switch outage {
    case .lasts(let doubt): self.outage = .outage(doubt)
    // One request alone finds out whether requests are answered again.
    case .seemsOver: (doubts, tolerance) = (1, 2)
    case nil: break
    }
  }

  /// How an outage stands that stopped an earlier run.
  public enum PriorOutage: Sendable, Equatable {
    case lasts(UnusableReply)
    /// A poll was answered by the gateway; requests may not be yet.
    case seemsOver
  }

  /// A kind of call. Polls cost nothing; downloads need neither the key nor the gateway.
  public enum Call: Sendable {
    case submit
    case poll
    case download
  }

  /// Whether a request may be sent now.
  public enum Admission: Sendable, Equatable {
    case go
    case wait(until: Duration)
    /// Until another request has been answered.
    case hold
    case stopped(StopReason)
  }

  /// Whether a call may go out now.
  public func admission(of call: Call, at uptime: Duration) -> Admission {
    if let halt { return .stopped(halt) }
    guard call != .download else { return .go }
    if let stop { return .stopped(stop) }
    if call == .submit, let outage { return .stopped(outage) }
    if pausedUntil > uptime { return .wait(until: pausedUntil) }
    return call == .submit && submitsUnderWay >= window ? .hold : .go
  }

  /// Requests that may be under way together. While it is uncertain whether requests are answered, each
  /// of them may be one that is paid for in vain.
  private var window: Int {
    if doubts > 0 { return 1 }
    return isProven ? .max : max(1, settings.unprovenSubmits)
  }

  /// Counts a request as under way; its admission was asked for just before.
  public mutating func beginSubmit() { submitsUnderWay += 1 }

  /// Counts a request as over, once its signal was noted.
  public mutating func endSubmit() { submitsUnderWay -= 1 }

  /// What people should hear of.
  public enum Change: Sendable, Equatable {
    case paused(PauseReason, for: Duration)
    case stopped(StopReason)
  }

  /// Takes a signal into account.
  ///
  /// - Parameters:
  ///   - call: what it comes from.
  ///   - startedAt: when that call was begun. What was under way when a pause was decided upon says
  ///     nothing new: sixteen refusals at once are one.
  ///   - pause: the length of a pause after so many troubles in a row, counted from 0.
  public mutating func note(
    _ signal: QueueSignal, of call: Call, startedAt: Duration, at now: Instant,
    pause: (Int) -> Duration
  ) -> Change? {
    switch signal {
    case .none:
      return nil
    case .answered:
      if startedAt >= lastTrouble { (throttles, failures) = (0, 0) }
      // A gateway that answers polls may still fail to answer requests.
      if call == .submit { (doubts, isProven) = (0, true) }
      return nil
    case .noUsableReply(let doubt):
      doubts += 1
      guard outage == nil else { return nil }
      if doubts >= tolerance {
        outage = .outage(doubt)
        return .stopped(.outage(doubt))
      }
      // Requests that are under way will tell soon whether it was a single one.
      guard submitsUnderWay <= 1 else { return nil }
      return self.pause(.noUsableReply, pause(doubts - 1), now)
    case .throttled(let retryAfter):
      let isNew = count(\.throttles, startedAt, now)
      let isStated = Self.isPause(retryAfter)
      guard isNew || isStated else { return nil }
      // Zero, or a date in the past, does not mean that a request at once is welcome.
      let length = max(retryAfter ?? .zero, pause(max(throttles - 1, 0)))
      if throttles >= settings.throttleTries || length > settings.patience {
        return stop(.throttled(until: now.wall.advanced(by: length)))
      }
      // A single refusal that states no time holds back its own request, and no other: requests that are
      // sent meanwhile show whether the gateway takes any.
      guard isStated || throttles > 1 else { return nil }
      return self.pause(.throttled, length, now)
    case .unreachable(let fault):
      guard count(\.failures, startedAt, now) else { return nil }
      if failures >= settings.connectionTries { return stop(.unreachable(fault)) }
      return self.pause(.unreachable(fault), pause(failures - 1), now)
    case .quotaExhausted(let notice):
      return stop(.quotaExhausted(notice))
    case .keyRefused(let refusal):
      return stop(.keyRefused(refusal))
    case .budgetReached(let error):
      guard outage == nil else { return nil }
      outage = .budget(error)
      return .stopped(.budget(error))
    case .wrongAddress(let refusal):
      return stop(.wrongAddress(refusal))
    }
  }

  /// Whether a reply states a pause, which then holds for all requests. Zero, or a date in the past, is none.
  static func isPause(_ retryAfter: Duration?) -> Bool { retryAfter.map { $0 > .zero } ?? false }

  /// Ends everything: this machine is the problem, or a person wants it to end.
  public mutating func haltAll(_ reason: StopReason) -> Change? {
    guard halt == nil else { return nil }
    halt = reason
    return .stopped(reason)
  }

  private mutating func count(
    _ counter: WritableKeyPath<Self, Int>, _ startedAt: Duration, _ now: Instant
  ) -> Bool {
    guard startedAt >= lastTrouble else { return false }
    self[keyPath: counter] += 1
    lastTrouble = now.uptime
    return true
  }

  private mutating func pause(
    _ reason: PauseReason, _ length: Duration, _ now: Instant
  ) -> Change? {
    let end = now.uptime + length
    guard end > pausedUntil else { return nil }
    pausedUntil = end
    return .paused(reason, for: length)
  }

  private mutating func stop(_ reason: StopReason) -> Change? {
    guard stop == nil else { return nil }
    stop = reason
    return .stopped(reason)
  }
}

/// Why calls wait for a while.
public enum PauseReason: Sendable, Equatable {
  case throttled
  case noUsableReply
  case unreachable(ConnectionFault)
}

extension Timestamp {
  func advanced(by duration: Duration) -> Timestamp { advanced(bySeconds: duration.inSeconds) }
}

extension Duration {
  /// As a number, for what people see and for the wall clock.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
