import SeedbankImaging
import SeedbankModel

/// The creation time of an image in its metadata.
enum CaptureTime: Hashable, Sendable {
  case instant(Timestamp)
  /// A time without a time zone, as if it were UTC.
  case local(Timestamp)

  /// The instant; nil if the offset moves a local time out of the years that a record can express.
  ///
  /// - Parameter offset: the offset from UTC, in seconds, at an instant in seconds since 1970.
  func timestamp(offset: (Int64) -> Int64) -> Timestamp? {
    switch self {
    case .instant(let time): return time
    case .local(let shown):
      let seconds = Int64(shown.seconds.rounded(.down))
      let near = offset(seconds - offset(seconds))
      let milliseconds = shown.milliseconds - near * 1000
      return Timestamp.writable.contains(milliseconds)
        ? Timestamp(milliseconds: milliseconds) : nil
    }
  }

  init?(_ time: ExifTime?) {
    guard let time else { return nil }
    let fraction = time.fraction?.trimmingWhitespace ?? ""
    let isFraction = !fraction.isEmpty && fraction.allSatisfy { $0.isASCII && $0.isNumber }
    let date = time.text.prefix(10).replacing(":", with: "-")
    self.init(
      clock: date + "T" + time.text.dropFirst(11).prefix(8) + (isFraction ? "." + fraction : ""),
      offset: time.offset?.trimmingWhitespace)
  }

  /// A date of XMP: `2024-05-01`, `2024-05-01T12:34`, `2024-05-01T12:34:56.7+09:00`.
  init?(xmp text: String?) {
    guard let text = text?.trimmingWhitespace else { return nil }
    let date = text.prefix(10)
    var clock = text.dropFirst(11)
    let zone = clock.firstIndex { "Z+-".contains($0) }
    let offset = zone.map { String(clock[$0...]) }
    clock = clock[..<(zone ?? clock.endIndex)]
    let time = clock.isEmpty ? "00:00:00" : clock.count == 5 ? clock + ":00" : String(clock)
    self.init(clock: date + "T" + time, offset: offset)
  }

  /// IPTC's date and time: `20240501` and `123456+0900`.
  init?(iptcDate date: String?, time: String?) {
    guard let date, date.count == 8 else { return nil }
    let day = "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.dropFirst(6))"
    guard let time, time.count >= 6 else {
      self.init(clock: day + "T00:00:00", offset: nil)
      return
    }
    let minute = time.dropFirst(2).prefix(2)
    let clock = "\(time.prefix(2)):\(minute):\(time.dropFirst(4).prefix(2))"
    self.init(clock: day + "T" + clock, offset: time.count > 6 ? String(time.dropFirst(6)) : nil)
  }

  /// A date as in e-mail, which Midjourney writes: `Sun, 09 Apr 2023 12:00:00 GMT`.
  init?(mail text: String?) {
    guard let text, text.utf8.count < 100 else { return nil }
    let words = text.trimmingWhitespace.split(separator: " ").map { String($0) }
    guard words.count == 6, let month = Self.months.firstIndex(of: words[2]) else { return nil }
    let date = [words[3], Self.twoDigits("\(month + 1)"), Self.twoDigits(words[1])]
      .joined(separator: "-")
    let zone = ["GMT", "UTC"].contains(words[5]) ? "Z" : words[5]
    guard let time = Timestamp(rfc3339: date + "T" + words[4] + zone) else { return nil }
    self = .instant(time)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func twoDigits(_ number: String) -> String {
    number.utf8.count == 1 ? "0" + number : number
  }

  private init?(clock: String, offset: String?) {
    if let offset, !offset.isEmpty, let time = Timestamp(rfc3339: clock + offset) {
      self = .instant(time)
    } else if let time = Timestamp(rfc3339: clock + "Z") {
      self = .local(time)
    } else {
      return nil
    }
  }
}
