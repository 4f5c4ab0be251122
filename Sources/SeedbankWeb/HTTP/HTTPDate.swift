import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// A time in the form of HTTP: `Fri, 27 Nov 2026 07:15:00 GMT`.
enum HTTPDate {
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func text(_ time: Timestamp) -> String {
    let iso = time.description
    let day = Int(max(time.milliseconds, 0) / 86_400_000)
    let month = Int(iso.dropFirst(5).prefix(2)) ?? 1
    return "\(weekdays[day % 7]), \(iso.dropFirst(8).prefix(2)) \(months[month - 1]) "
      + "\(iso.prefix(4)) \(iso.dropFirst(11).prefix(8)) GMT"
  }
}
