public import FoundationEssentials

/// The time of a search and the user's time zone, which give `today` and `2026-11` their meaning.
public struct LocalTime: Sendable {
  /// The time from which `today` and `7d` are counted.
  public let now: Timestamp
  private let offset: @Sendable (Int64) -> Int64

  /// - Parameter offset: seconds east of UTC at an instant, which is given in seconds since 1970.
  public init(now: Timestamp, offset: @escaping @Sendable (Int64) -> Int64) {
    self.now = now
    self.offset = offset
  }

  /// Makes a local time from a time zone.
  public init(now: Timestamp, timeZone: TimeZone) {
    self.init(now: now) { seconds in
      Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
  }

  /// Coordinated universal time.
  public static func utc(now: Timestamp) -> LocalTime { LocalTime(now: now) { _ in 0 } }

  /// Returns the first instant at which clocks show `second` of a day, or the end of the gap if
  /// they skip it.
  package func instant(_ date: CivilDate, second: Int64 = 0) -> Timestamp {
    let shown = date.daysSince1970 * 86_400 + second
    let first = shown - offset(shown - 86_400)
    let later = shown - offset(shown + 86_400)
    let candidates = [first, later].sorted()
    let exact = candidates.first { $0 + offset($0) == shown }
    // In a gap, the offset after it, applied too early, gives the instant of the change or a later
    // one.
    return Timestamp(milliseconds: (exact ?? candidates[1]) * 1000)
  }

  /// Returns the day that clocks show at an instant, and the milliseconds since its midnight.
  package func civil(_ time: Timestamp) -> (date: CivilDate, millisecond: Int64) {
    let seconds = Int64((Double(time.milliseconds) / 1000).rounded(.down))
    let shown = time.milliseconds + offset(seconds) * 1000
    let day = Int64((Double(shown) / 86_400_000).rounded(.down))
    return (CivilDate(daysSince1970: day), shown - day * 86_400_000)
  }
}
