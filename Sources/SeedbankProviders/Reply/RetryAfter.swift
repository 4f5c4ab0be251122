import FoundationEssentials

/// How long a reply asks to wait.
enum RetryAfter {
  /// A longer wait cannot be meant; this is far beyond every quota.
  private static let horizon = 10 * 366 * 86_400.0

  /// The shortest pause that is asked for: zero for a date in the past, and a long one as it is
  /// stated. Nil if none is asked for that can be read.
  static func read(_ reply: Reply, message: GatewayMessage, at now: Date) -> Duration? {
    seconds(reply, message: message, at: now).map { .seconds(min(max($0, 0), horizon)) }
  }

  /// Seconds as they are asked for, unclamped.
  ///
  /// A date is held against the reply's own `Date`, so that a wrong clock here does no harm.
  static func seconds(_ reply: Reply, message: GatewayMessage, at now: Date) -> Double? {
    guard let value = reply.headers["Retry-After"] else { return hint(in: message.text) }
    if let seconds = Double(value), seconds.isFinite { return seconds }
    guard let then = CivilTime.http(value) else { return hint(in: message.text) }
    let theirs = reply.headers["Date"].flatMap(CivilTime.http) ?? now
    return then.timeIntervalSince(theirs)
  }

  /// The gateway's front says it in words: "Rate limit is exceeded. Try again in 5 seconds."
  private static func hint(in text: String?) -> Double? {
    guard let words = text?.lowercased().split(separator: " ") else { return nil }
    guard let at = words.firstIndex(of: "again"), words.count > at + 3, words[at + 1] == "in",
      words[at + 3].hasPrefix("second")
    else { return nil }
    return Double(words[at + 2])
  }
}
