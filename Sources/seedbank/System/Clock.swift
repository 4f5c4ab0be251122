import Platform
import SeedbankModel

/// The wall clock and the local time zone.
///
/// They are read only here.
enum Clock {
  static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// Monotonic seconds, for measuring.
  static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The offset of the local time zone from UTC, in seconds, at an instant in seconds since 1970.
  static func utcOffset(seconds: Int64) -> Int64 {
    var seconds = time_t(seconds)
    var local = tm()
    guard localtime_r(&seconds, &local) != nil else { return 0 }
    return Int64(local.tm_gmtoff)
  }

  /// `2026-11-05 09:04` in local time.
  static func local(_ instant: Timestamp, withSeconds: Bool = false) -> String {
    let offset = Double(utcOffset(seconds: Int64(instant.seconds.rounded(.down))))
    let text = instant.advanced(bySeconds: offset).description
    // Texts of one type are joined without a look-up of types.
    return String(text.prefix(10)) + " " + String(text.dropFirst(11).prefix(withSeconds ? 8 : 5))
  }
}
