public import Gateway
import Storage

/// Whether calls may go out, for all workers of a run alike.
public struct QueueState: Sendable {
  private let settings: SyncSettings
  /// By the clock that nobody sets: no call to the gateway before this.
  public private(set) var pausedUntil: Duration = .zero
  /// Why the gateway is not called any more.
  public private(set) var stop: StopReason?
  /// Why nothing at all is done any more.
  public private(set) var halt: StopReason?
  private var throttles = 0
  private var failures = 0
  private var lastTrouble: Duration = .zero

  public init(_ settings: SyncSettings) { self.settings = settings }

  /// A kind of call; downloads need neither the key nor the gateway's goodwill.
  public enum Call: Sendable {
    case gateway
    case download
  }

  public enum Admission: Sendable, Equatable {
    case go
    case wait(until: Duration)
    case stopped(StopReason)
  }

  /// Whether a call may go out now.
  public func admission(of call: Call, at uptime: Duration) -> Admission {
    if let halt { return .stopped(halt) }
    guard call == .gateway else { return .go }
    if let stop { return .stopped(stop) }
    return pausedUntil > uptime ? .wait(until: pausedUntil) : .go
  }

  /// What people should hear of.
  public enum Change: Sendable, Equatable {
    case paused(PauseReason, for: Duration)
    case stopped(StopReason)
  }

  /// Takes a signal into account.
  ///
  /// - Parameters:
  ///   - startedAt: when the call that it comes from was begun. What was under way when a pause was
  ///     decided upon says nothing new: sixteen refusals at once are one.
  ///   - pause: the length of a pause after so many troubles in a row, counted from 0.
  public mutating func note(
    _ signal: QueueSignal, startedAt: Duration, at now: Moment, pause: (Int) -> Duration
  ) -> Change? {
    switch signal {
    case .none:
      return nil
    case .answered:
      if startedAt >= lastTrouble { (throttles, failures) = (0, 0) }
      return nil
    case .throttled(let retryAfter):
      let isNew = count(\.throttles, startedAt, now)
      guard isNew || retryAfter != nil else { return nil }
      let length = max(retryAfter ?? pause(throttles - 1), .zero)
      if throttles >= settings.throttleTries || length > settings.patience {
        return stop(.throttled(until: now.wall.advanced(by: length)))
      }
      return self.pause(.throttled, length, now)
    case .unreachable(let fault):
      guard count(\.failures, startedAt, now) else { return nil }
      if failures >= settings.connectionTries { return stop(.unreachable(fault)) }
      return self.pause(.unreachable(fault), pause(failures - 1), now)
    case .quotaExhausted(let notice):
      return stop(.quotaExhausted(notice))
    case .keyRefused(let refusal):
      return stop(.keyRefused(refusal))
    case .wrongAddress(let refusal):
      return stop(.wrongAddress(refusal))
    }
  }

  /// Ends everything: this machine is the problem, or a person wants it to end.
  public mutating func haltAll(_ reason: StopReason) -> Change? {
    guard halt == nil else { return nil }
    halt = reason
    return .stopped(reason)
  }

  private mutating func count(
    _ counter: WritableKeyPath<Self, Int>, _ startedAt: Duration, _ now: Moment
  ) -> Bool {
    guard startedAt >= lastTrouble else { return false }
    self[keyPath: counter] += 1
    lastTrouble = now.uptime
    return true
  }

  private mutating func pause(
    _ reason: PauseReason, _ length: Duration, _ now: Moment
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
