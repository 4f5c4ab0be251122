import FoundationEssentials

/// Reads the pause that a reply asks for.
enum RetryAfter {
  /// The longest wait, which is far longer than every quota.
  ///
  /// Longer ones are wrong values.
  private static let horizon = 10 * 366 * 86_400.0

  /// The requested pause: zero for a date in the past, and a long one unchanged.
  ///
  /// Nil if the reply has no pause that can be read.
  static func read(_ reply: Reply, message: GatewayMessage, at now: Date) -> Duration? {
    seconds(reply, message: message, at: now).map { .seconds(min(max($0, 0), horizon)) }
  }

  /// The requested seconds without limits; always a finite number.
  ///
  /// A date is compared with the reply's own `Date`, so that a wrong clock on this computer does not
  /// matter.
  static func seconds(_ reply: Reply, message: GatewayMessage, at now: Date) -> Double? {
    guard let value = reply.headers["Retry-After"] else { return hint(in: message.text) }
    if let seconds = number(value) { return seconds }
    guard let then = ReplyDate.http(value) else { return hint(in: message.text) }
    let theirs = reply.headers["Date"].flatMap(ReplyDate.http) ?? now
    return then.timeIntervalSince(theirs)
  }

  /// The gateway's front says it in words: "Rate limit is exceeded. Try again in 5 seconds."
  private static func hint(in text: String?) -> Double? {
    guard let words = text?.lowercased().split(separator: " ") else { return nil }
    guard let at = words.firstIndex(of: "again"), words.count > at + 3, words[at + 1] == "in",
      words[at + 3].hasPrefix("second")
    else { return nil }
    return number(words[at + 2])
  }

  /// A number that can be a length of time; nil for others, such as `nan` and `inf`.
  private static func number(_ text: some StringProtocol) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
