import SeedbankModel
public import SeedbankProviders
import SeedbankStorage

/// Whether calls are allowed, for all workers of a run.
package struct QueueState: Sendable {
  private let settings: SyncSettings
  /// The earliest time of the next call to the gateway, by the monotonic clock.
  package private(set) var pausedUntil: Duration = .zero
  /// Why the gateway is not called any more.
  package private(set) var stop: StopReason?
  /// Why nothing is sent any more, while jobs are still polled.
  package private(set) var outage: StopReason?
  /// Why all work ended.
  package private(set) var halt: StopReason?
  private var throttles = 0
  private var failures = 0
  private var lastTrouble: Duration = .zero
  /// The number of consecutive requests without a usable reply, in the order of their ends.
  private var unusableReplies = 0
  private var tolerance: Int
  /// Whether the gateway has answered a request.
  private var isProven = false
  private var submitsUnderWay = 0

  /// - Parameter outage: what an earlier run of the same watch was stopped by.
  package init(_ settings: SyncSettings, after outage: PriorOutage? = nil) {
    self.settings = settings
    tolerance = max(1, settings.outageTries)
    switch outage {
    case .lasts(let unusableReply): self.outage = .outage(unusableReply)
    // A single request finds out whether requests are answered again.
    case .seemsOver: (unusableReplies, tolerance) = (1, 2)
    case nil: break
    }
  }

  /// The outage that stopped an earlier run.
  package enum PriorOutage: Sendable, Equatable {
    case lasts(UnusableReply)
    /// The gateway answered a poll. It may not answer requests yet.
    case seemsOver
  }

  /// A kind of call.
  ///
  /// Polls cost nothing; downloads need neither the key nor the gateway.
  package enum Call: Sendable {
    case submit
    case poll
    case download
  }

  /// Whether a request may be sent now.
  package enum Admission: Sendable, Equatable {
    case go
    case wait(until: Duration)
    /// Until another request has been answered.
    case hold
    case stopped(StopReason)
  }

  /// Whether a call is allowed now.
  package func admission(of call: Call, at uptime: Duration) -> Admission {
    if let halt { return .stopped(halt) }
    guard call != .download else { return .go }
    if let stop { return .stopped(stop) }
    if call == .submit, let outage { return .stopped(outage) }
    if pausedUntil > uptime { return .wait(until: pausedUntil) }
    return call == .submit && submitsUnderWay >= window ? .hold : .go
  }

  /// The number of requests that may run at the same time.
  ///
  /// While it is not known whether the gateway answers, each of them may be charged without a
  /// result.
  private var window: Int {
    if unusableReplies > 0 { return 1 }
    return isProven ? .max : max(1, settings.unprovenSubmits)
  }

  /// Counts a request as running.
  ///
  /// It was allowed just before.
  package mutating func beginSubmit() { submitsUnderWay += 1 }

  /// Counts a request as finished after its signal was noted.
  package mutating func endSubmit() { submitsUnderWay -= 1 }

  /// What is reported to the user.
  package enum Change: Sendable, Equatable {
    case paused(PauseReason, for: Duration)
    case stopped(StopReason)
  }

  /// The longest stated pause after which requests are sent again to a service that gave no result.
  private static let longestOutage = Duration.seconds(30)

  /// Takes a signal into account.
  ///
  /// - Parameters:
  ///   - call: what it comes from.
  ///   - startedAt: when the call started. Calls that were already running when a pause began have no new
  ///     information: sixteen refusals at once count as one.
  ///   - pause: the length of a pause after this number of consecutive failures, counted from 0.
  package mutating func note(
    _ signal: QueueSignal, of call: Call, startedAt: Duration, at now: Instant,
    pause: (Int) -> Duration
  ) -> Change? {
    switch signal {
    case .none:
      return nil
    case .answered:
      if startedAt >= lastTrouble { (throttles, failures) = (0, 0) }
      // A gateway that answers polls may still fail to answer requests.
      if call == .submit { (unusableReplies, isProven) = (0, true) }
      return nil
    case .noUsableReply(let unusableReply):
      unusableReplies += 1
      guard outage == nil else { return nil }
      if unusableReplies >= tolerance {
        outage = .outage(unusableReply)
        return .stopped(.outage(unusableReply))
      }
      let stated = unusableReply.retryAfter.flatMap { Self.isPause($0) ? $0 : nil }
      // Requests that follow may be paid for without an image, so the rest stays queued.
      if let stated, stated > min(settings.patience, Self.longestOutage) {
        return stop(.throttled(until: now.wall.advanced(by: stated)))
      }
      // Without a stated pause, the running requests will show whether it was a single failure.
      guard stated != nil || submitsUnderWay <= 1 else { return nil }
      let length = max(stated ?? .zero, pause(unusableReplies - 1))
      return self.pause(.noUsableReply, length, now)
    case .throttled(let retryAfter):
      let isNew = count(\.throttles, startedAt, now)
      let isStated = Self.isPause(retryAfter)
      guard isNew || isStated else { return nil }
      // The first refusal with a time is followed exactly. Zero or a date in the past does not mean that an
      // immediate request is accepted.
      let own = isStated && throttles <= 1 ? .zero : pause(max(throttles - 1, 0))
      let length = max(retryAfter ?? .zero, own)
      if throttles >= settings.throttleTries || length > settings.patience {
        return stop(.throttled(until: now.wall.advanced(by: length)))
      }
      // A single refusal without a time delays only its own request. Other requests show whether the
      // gateway accepts any.
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

  /// Whether a reply states a pause for all requests.
  ///
  /// Zero or a date in the past is not a pause.
  static func isPause(_ retryAfter: Duration?) -> Bool { retryAfter.map { $0 > .zero } ?? false }

  /// Ends everything: this machine is the problem, or a person wants it to end.
  package mutating func haltAll(_ reason: StopReason) -> Change? {
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
  /// As a number, for output and for the wall clock.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
