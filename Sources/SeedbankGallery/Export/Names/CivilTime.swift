import Glibc

/// A time in the fields of a calendar and a clock.
struct CivilTime: Hashable, Sendable {
  let year: Int
  /// 1…12.
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  /// 1…366.
  let dayOfYear: Int

  /// The fields of a time in UTC.
  ///
  /// For another time zone, add its offset first.
  init(secondsSince1970 seconds: Int64) {
    var seconds = time_t(seconds)
    var civil = tm()
    gmtime_r(&seconds, &civil)
    year = Int(civil.tm_year) + 1900
    month = Int(civil.tm_mon) + 1
    day = Int(civil.tm_mday)
    hour = Int(civil.tm_hour)
    minute = Int(civil.tm_min)
    second = Int(civil.tm_sec)
    dayOfYear = Int(civil.tm_yday) + 1
  }
}
