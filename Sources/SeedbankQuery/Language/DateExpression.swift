package import SeedbankModel

/// A period of time in the form that users type.
package enum DateExpression: Hashable, Sendable {
  package enum Unit: String, Hashable, Sendable, CaseIterable {
    case hours = "h"
    case days = "d"
    case weeks = "w"
    case months = "m"
    case years = "y"
  }

  case year(Int64)
  case month(Int64, Int64)
  case day(CivilDate)
  /// A minute of the day, counted from midnight.
  case minute(CivilDate, Int64)
  /// A second of the day, counted from midnight.
  case second(CivilDate, Int64)
  case today
  case yesterday
  /// `7d`: this time before now.
  case ago(Int64, Unit)

  var isAgo: Bool { if case .ago = self { true } else { false } }

  /// The start and the end, which is not included.
  ///
  /// An `ago` has no length.
  package func span(_ local: LocalTime) -> (start: Timestamp, end: Timestamp) {
    let today = local.civil(local.now).date
    switch self {
    case .year(let year):
      return (local.instant(.clamped(year, 1, 1)), local.instant(.clamped(year + 1, 1, 1)))
    case .month(let year, let month):
      return (local.instant(.clamped(year, month, 1)), local.instant(.clamped(year, month + 1, 1)))
    case .day(let date): return (local.instant(date), local.instant(date.advanced(by: 1)))
    case .minute(let date, let minute):
      let start = local.instant(date, second: minute * 60)
      return (start, start.advanced(bySeconds: 60))
    case .second(let date, let second):
      let start = local.instant(date, second: second)
      return (start, start.advanced(bySeconds: 1))
    case .today: return (local.instant(today), local.instant(today.advanced(by: 1)))
    case .yesterday: return (local.instant(today.advanced(by: -1)), local.instant(today))
    case .ago(let count, let unit):
      let instant = Self.instant(count, unit, before: local)
      return (instant, instant)
    }
  }

  private static func instant(_ count: Int64, _ unit: Unit, before local: LocalTime) -> Timestamp {
    let (date, millisecond) = local.civil(local.now)
    let earlier: CivilDate
    switch unit {
    case .hours:
      return Timestamp(milliseconds: local.now.milliseconds - count * 3_600_000)
    case .days: earlier = date.advanced(by: -count)
    case .weeks: earlier = date.advanced(by: -count * 7)
    case .months: earlier = .clamped(date.year, date.month - count, date.day)
    case .years: earlier = .clamped(date.year - count, date.month, date.day)
    }
    let second = local.instant(earlier, second: millisecond / 1000)
    return Timestamp(milliseconds: second.milliseconds + millisecond % 1000)
  }
}

extension DateExpression {
  package var text: String {
    switch self {
    case .year(let year): Self.padded(year, 4)
    case .month(let year, let month): Self.padded(year, 4) + "-" + Self.padded(month, 2)
    case .day(let date): date.description
    case .minute(let date, let minute):
      "\(date)T\(Self.padded(minute / 60, 2)):\(Self.padded(minute % 60, 2))"
    case .second(let date, let second):
      "\(date)T\(Self.padded(second / 3600, 2)):\(Self.padded(second / 60 % 60, 2))"
        + ":\(Self.padded(second % 60, 2))"
    case .today: "today"
    case .yesterday: "yesterday"
    case .ago(let count, let unit): "\(count)\(unit.rawValue)"
    }
  }

  init?(_ text: String) {
    let text = text.lowercased()
    switch text {
    case "today": self = .today
    case "yesterday": self = .yesterday
    default:
      if let unit = Unit.allCases.first(where: { text.hasSuffix($0.rawValue) }) {
        guard let count = Int64(text.dropLast()), (1...100_000).contains(count),
          text.utf8.first != UInt8(ascii: "+")
        else { return nil }
        self = .ago(count, unit)
      } else {
        guard let expression = Self.calendar(text) else { return nil }
        self = expression
      }
    }
  }

  private static func calendar(_ text: String) -> DateExpression? {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(4), year >= 1 else { return nil }
    if scanner.isAtEnd { return .year(year) }
    guard scanner.skip("-"), let month = scanner.number(2), (1...12).contains(month) else {
      return nil
    }
    if scanner.isAtEnd { return .month(year, month) }
    guard scanner.skip("-"), let day = scanner.number(2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    if scanner.isAtEnd { return .day(date) }
    guard scanner.skip("t") || scanner.skip(" "), let hour = scanner.number(2), hour < 24,
      scanner.skip(":"), let minute = scanner.number(2), minute < 60
    else { return nil }
    let minutes = hour * 60 + minute
    if scanner.isAtEnd { return .minute(date, minutes) }
    guard scanner.skip(":"), let second = scanner.number(2), second < 60, scanner.isAtEnd else {
      return nil
    }
    return .second(date, minutes * 60 + second)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension CivilDate {
  package func advanced(by days: Int64) -> CivilDate {
    CivilDate(daysSince1970: daysSince1970 + days)
  }

  /// The day.
  ///
  /// Months beyond the year are carried over, and days beyond the month become its last day.
  package static func clamped(_ year: Int64, _ month: Int64, _ day: Int64) -> CivilDate {
    let months = year * 12 + month - 1
    let remainder = (months % 12 + 12) % 12
    let carried = (months - remainder) / 12
    for day in stride(from: day, through: 28, by: -1) {
      if let date = CivilDate(year: carried, month: remainder + 1, day: day) { return date }
    }
    return CivilDate(year: carried, month: remainder + 1, day: day)
      ?? CivilDate(daysSince1970: 0)
  }
}
