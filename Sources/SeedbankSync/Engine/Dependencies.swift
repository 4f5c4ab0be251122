public import SeedbankModel
import Synchronization

/// The clocks, the random numbers and the sleep function that an engine uses.
public struct Dependencies: Sendable {
  let now: @Sendable () -> Timestamp
  let uptime: @Sendable () -> Duration
  let sleep: @Sendable (Duration) async throws -> Void
  let random: @Sendable () -> UInt64
  let utcOffset: @Sendable (Int64) -> Int64

  /// - Parameters:
  ///   - now: the wall clock.
  ///   - uptime: a monotonic clock that also counts the time in which the computer sleeps.
  ///   - sleep: ends early, with an error, when its task is cancelled.
  ///   - random: 64 random bits.
  ///   - utcOffset: seconds east of UTC at an instant, which is given in seconds since 1970. Budgets have days
  ///     and months of this time zone.
  public init(
    now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    random: @escaping @Sendable () -> UInt64,
    utcOffset: @escaping @Sendable (Int64) -> Int64 = { _ in 0 }
  ) {
    self.now = now
    self.uptime = uptime
    self.sleep = sleep
    self.random = random
    self.utcOffset = utcOffset
  }

  var localTime: LocalTime { LocalTime(now: now(), offset: utcOffset) }

  var moment: Instant { Instant(wall: now(), uptime: uptime()) }

  var randomSource: RandomSource { RandomSource(draw: random) }
}

/// The random numbers of the dependencies as a generator.
struct RandomSource: RandomNumberGenerator {
  let draw: @Sendable () -> UInt64

  mutating func next() -> UInt64 { draw() }
}
