/// The time limits of an exchange.
///
/// They start when its request may be sent.
struct TimeLimits: Equatable, Sendable {
  /// The longest time in which no byte is sent or received.
  let silence: Duration
  /// The total time; nil: no limit while bytes arrive.
  let whole: Duration?
}

/// Measures one exchange against its limits.
struct ExchangeTimer {
  private let silence: Duration
  private var end: Duration?
  private var lastActivity: Duration

  init(_ limits: TimeLimits, at now: Duration) {
    silence = limits.silence
    end = limits.whole.map { now + $0 }
    lastActivity = now
  }

  /// Limits the remaining time.
  mutating func limit(to time: Duration, at now: Duration) {
    end = min(end ?? now + time, now + time)
  }

  /// A byte was received or sent.
  mutating func touch(at now: Duration) {
    lastActivity = now
  }

  func isSilentTooLong(at now: Duration) -> Bool {
    now - lastActivity > silence
  }

  func isOver(at now: Duration) -> Bool {
    end.map { now > $0 } ?? false
  }
}

/// Time in which this process runs.
///
/// A process that was suspended or had no processor time could not read. So at most ``roundLimit`` is
/// counted between two rounds of the engine.
struct RunningClock {
  /// The longest wait of the engine while exchanges are running.
  static let longestWait = Duration.milliseconds(250)
  static let roundLimit = longestWait + .milliseconds(250)

  private let uptime: @Sendable () -> Duration
  private var last: Duration
  private(set) var now = Duration.zero

  init(_ uptime: @escaping @Sendable () -> Duration) {
    self.uptime = uptime
    last = uptime()
  }

  mutating func advance() {
    let read = uptime()
    now += min(max(read - last, .zero), Self.roundLimit)
    last = read
  }
}
