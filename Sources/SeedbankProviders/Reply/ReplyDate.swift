import FoundationEssentials
import SeedbankModel

/// The dates in replies: those of HTTP headers and those of ISO 8601.
enum ReplyDate {
  /// Nil if a part is out of its range.
  static func date(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Double = 0,
    offset: Int = 0
  ) -> Date? {
    guard (1...9999).contains(year), (0...24).contains(hour), (0...59).contains(minute),
      second >= 0, second < 61,
      let date = CivilDate(year: Int64(year), month: Int64(month), day: Int64(day))
    else { return nil }
    let days = Int(date.daysSince1970)
    let seconds = Double(days * 86_400 + hour * 3_600 + minute * 60 - offset) + second
    return Date(timeIntervalSince1970: seconds)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// An HTTP date in one of its three forms (RFC 9110, 5.6.7).
  ///
  /// The day of the week is ignored.
  static func http(_ text: String) -> Date? {
    let words = text.lowercased().split { " ,-".contains($0) }
    guard words.count >= 5, let time = clock(words) else { return nil }
    // asctime writes the month before the day and the year last.
    let isClassic = Int(words[1]) == nil
    guard let month = months.firstIndex(of: String(words[isClassic ? 1 : 2])),
      let day = Int(words[isClassic ? 2 : 1]), let written = Int(words[isClassic ? 4 : 3])
    else { return nil }
    // Years with two digits, as in RFC 850, are in this century.
    let year = written < 100 ? (written < 70 ? 2000 : 1900) + written : written
    return date(
      year: year, month: month + 1, day: day, hour: time.hour, minute: time.minute,
      second: time.second)
  }

  private static func clock(
    _ words: [Substring]
  ) -> (hour: Int, minute: Int, second: Double)? {
    guard let word = words.first(where: { $0.contains(":") }) else { return nil }
    return clock(word)
  }

  private static func clock(_ text: Substring) -> (hour: Int, minute: Int, second: Double)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = Int(parts[0]), let minute = Int(parts[1]) else {
      return nil
    }
    guard let second = parts.count == 3 ? Double(parts[2]) : 0 else { return nil }
    return (hour, minute, second)
  }

  /// `2026-11-23T07:30:00.5Z`.
  ///
  /// The separator is a T or a space; the zone is `Z`, `±hh:mm` or missing (UTC).
  static func iso8601(_ text: String) -> Date? {
    let text = text.uppercased()
    guard text.utf8.allSatisfy({ $0 < 0x80 }), text.count >= 10 else { return nil }
    let day = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard day.count == 3, day[0].count == 4, let year = Int(day[0]), let month = Int(day[1]),
      let number = Int(day[2])
    else { return nil }
    var rest = text.dropFirst(10)
    guard let separator = rest.popFirst() else {
      return date(year: year, month: month, day: number)
    }
    guard separator == "T" || separator == " " else { return nil }
    let zone = rest.firstIndex { "Z+-".contains($0) } ?? rest.endIndex
    guard let time = clock(rest[..<zone]), let offset = offset(rest[zone...]) else { return nil }
    return date(
      year: year, month: month, day: number, hour: time.hour, minute: time.minute,
      second: time.second, offset: offset)
  }

  /// Seconds east of Greenwich.
  private static func offset(_ zone: Substring) -> Int? {
    if zone.isEmpty || zone == "Z" { return 0 }
    let digits = zone.dropFirst().filter { $0 != ":" }
    guard zone.first != "Z", digits.count == 2 || digits.count == 4,
      let hours = Int(digits.prefix(2)), let minutes = Int("0" + digits.dropFirst(2))
    else { return nil }
    return (zone.first == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }
}
