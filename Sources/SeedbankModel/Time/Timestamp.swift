/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
///
/// The catalog stores this number. Callers convert it to local calendars.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let milliseconds: Int64

  /// Makes a time from milliseconds since 1970.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The milliseconds that RFC 3339 can express: the years 0 to 9999.
  package static let writable: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

  /// Makes the instant `seconds` after 1970, rounded down to the millisecond and limited to ±10,000
  /// years.
  public init(seconds: Double) {
    let limit = 3.2e14
    let clamped = seconds.isNaN ? 0 : min(max(seconds * 1000, -limit), limit)
    milliseconds = Int64(clamped.rounded(.down))
  }

  /// Seconds since 1970.
  public var seconds: Double { Double(milliseconds) / 1000 }

  /// Returns the time a number of seconds later.
  public func advanced(bySeconds seconds: Double) -> Timestamp {
    Timestamp(seconds: self.seconds + seconds)
  }

  /// Orders times from early to late.
  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// The time in RFC 3339 and UTC, with milliseconds unless they are zero:
  /// `2026-11-05T08:04:59.120Z`.
  ///
  /// A time outside the years 0 to 9999 is written as the nearest one within them, so that every
  /// written time can be read.
  public var description: String { withText { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with the bytes of the description.
  package func withText<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    let shown = min(max(milliseconds, Self.writable.lowerBound), Self.writable.upperBound)
    let (days, inDay) = shown.flooredQuotient(86_400_000)
    let date = CivilDate(daysSince1970: days)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { text in
      func put(_ number: Int64, _ start: Int, _ count: Int, then mark: Unicode.Scalar) {
        var rest = number
        for place in (start..<start + count).reversed() {
          text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
          rest /= 10
        }
        text[start + count] = UInt8(truncatingIfNeeded: mark.value)
      }
      put(date.year, 0, 4, then: "-")
      put(date.month, 5, 2, then: "-")
      put(date.day, 8, 2, then: "T")
      let second = inDay / 1000
      put(second / 3600, 11, 2, then: ":")
      put(second / 60 % 60, 14, 2, then: ":")
      let millisecond = inDay % 1000
      put(second % 60, 17, 2, then: millisecond == 0 ? "Z" : ".")
      if millisecond != 0 { put(millisecond, 20, 3, then: "Z") }
      return body(UnsafeBufferPointer(rebasing: text[..<(millisecond == 0 ? 20 : 24)]))
    }
  }
}

extension Timestamp {
  /// Reads a time in the form of RFC 3339; nil if the text does not have this form, or if the time
  /// in UTC is outside the years 0 to 9999.
  ///
  /// Any offset, a space instead of the `T`, and fractions of any length are accepted. Fractions
  /// are cut to milliseconds.
  public init?(rfc3339 text: some StringProtocol) {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2),
      scanner.skip("-"), let day = scanner.number(2),
      let date = CivilDate(year: year, month: month, day: day),
      scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
      let hour = scanner.number(2), hour < 24, scanner.skip(":"),
      let minute = scanner.number(2), minute < 60, scanner.skip(":"),
      let second = scanner.number(2), second <= 60
    else { return nil }
    let millisecond = scanner.skip(".") ? scanner.fraction(digits: 3) : 0
    guard let millisecond, let offset = scanner.offset(), scanner.isAtEnd else { return nil }
    let minutes = (date.daysSince1970 * 24 + hour) * 60 + minute - offset
    let milliseconds = (minutes * 60 + second) * 1000 + millisecond
    guard Self.writable.contains(milliseconds) else { return nil }
    self.milliseconds = milliseconds
  }
}

extension Timestamp: Codable {
  /// Reads the value from its text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let time = Timestamp(rfc3339: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a time is written like 2026-11-05T08:04:59Z")
    }
    self = time
  }

  /// Writes the value in its text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> (Int64, Int64) {
    let remainder = (self % divisor + divisor) % divisor
    return ((self - remainder) / divisor, remainder)
  }
}
