/// The progress of a long task, as values.
struct Progress: Sendable, Equatable {
  /// The name of the task: "sync", "checking".
  var label: String
  var done: Int
  /// Nil if it is not known yet.
  var total: Int?
  /// Further numbers: "3 running, 1 failed".
  var detail = ""
  /// Seconds since the start.
  var elapsed: Double

  /// The number of finished items per second; nil until there is enough data.
  var rate: Double? {
    elapsed > 1 && done > 0 ? Double(done) / elapsed : nil
  }

  /// The remaining seconds at that rate.
  var remaining: Double? {
    guard let rate, let total, total > done else { return nil }
    return Double(total - done) / rate
  }

  /// One line of at most `columns`.
  ///
  /// Parts that do not fit are left out at its end.
  func line(columns: Int) -> String {
    var parts = [total.map { "\(label) \(done)/\($0)" } ?? "\(label) \(done)"]
    if !detail.isEmpty { parts.append(detail) }
    if let rate { parts.append(Self.rateText(rate)) }
    if let remaining { parts.append(Self.durationText(remaining) + " left") }
    var text = parts[0]
    for part in parts.dropFirst() where DisplayWidth.of(text) + 3 + DisplayWidth.of(part) <= columns
    {
      text += " · " + part
    }
    guard let total, total > 0 else { return TextTable.cut(text, to: columns).text }
    let bar = columns - DisplayWidth.of(text) - 3
    guard bar >= 10 else { return TextTable.cut(text, to: columns).text }
    return Self.bar(Double(done) / Double(total), columns: min(bar, 30)) + "  " + text
  }

  private static func bar(_ share: Double, columns: Int) -> String {
    let filled = Int((min(max(share, 0), 1) * Double(columns)).rounded(.down))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: columns - filled)
  }

  private static func rateText(_ rate: Double) -> String {
    if rate >= 10 { return "\(Int(rate.rounded()))/s" }
    if rate >= 0.1 { return "\(tenths(rate))/s" }
    return "\(tenths(rate * 60))/min"
  }

  private static func tenths(_ value: Double) -> String {
    let scaled = Int((value * 10).rounded())
    return "\(scaled / 10).\(scaled % 10)"
  }

  static func durationText(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
