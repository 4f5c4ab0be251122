/// The time limits of an exchange.
///
/// They start when its request may be sent.
struct TimeLimits: Equatable, Sendable {
  /// The longest time in which no byte is sent or received.
  let silence: Duration
  /// The total time; nil: no limit while bytes arrive.
  let whole: Duration?
  /// Nil: any number of bytes is enough.
  var rate: MinimumRate?
}

/// Measures one exchange against its limits.
struct ExchangeTimer {
  private let silence: Duration
  private let rate: MinimumRate?
  private var end: Duration?
  private var lastActivity: Duration
  /// Since when, and how many bytes were received or sent since then.
  private var window: (start: Duration, bytes: Int64)

  init(_ limits: TimeLimits, at now: Duration) {
    silence = limits.silence
    rate = limits.rate
    end = limits.whole.map { now + $0 }
    lastActivity = now
    window = (now, 0)
  }

  /// Limits the remaining time.
  mutating func limit(to time: Duration, at now: Duration) {
    end = min(end ?? now + time, now + time)
  }

  /// Bytes were received or sent.
  mutating func touch(at now: Duration, bytes: Int = 0) {
    lastActivity = now
    window.bytes += Int64(bytes)
  }

  /// The reader does not read, which is not the fault of the network.
  mutating func pause(at now: Duration) {
    lastActivity = now
    window = (now, 0)
  }

  /// Whether a window of time ended in which too few bytes were received and sent.
  ///
  /// If enough were, the next window begins.
  mutating func isTooSlow(at now: Duration) -> Bool {
    guard let rate, now - window.start > rate.window else { return false }
    guard window.bytes >= rate.bytes else { return true }
    window = (now, 0)
    return false
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
