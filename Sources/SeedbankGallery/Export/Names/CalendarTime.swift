import SeedbankModel

/// A moment as a calendar and a clock show it.
struct CalendarTime: Hashable, Sendable {
  let year: Int
  /// 1…12.
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  /// 1…366.
  let dayOfYear: Int

  /// Makes the moment in UTC; for another time zone, add its offset before.
  init(secondsSince1970 seconds: Int64) {
    let inDay = Int((seconds % 86_400 + 86_400) % 86_400)
    let days = (seconds - Int64(inDay)) / 86_400
    let date = CivilDate(daysSince1970: days)
    year = Int(date.year)
    month = Int(date.month)
    day = Int(date.day)
    hour = inDay / 3600
    minute = inDay / 60 % 60
    second = inDay % 60
    let newYear = CivilDate(year: date.year, month: 1, day: 1)
    dayOfYear = Int(days - (newYear?.daysSince1970 ?? days)) + 1
  }
}
