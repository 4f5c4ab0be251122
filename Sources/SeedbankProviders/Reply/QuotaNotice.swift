public import FoundationEssentials

/// A quota that is used up.
///
/// Nothing is lost, but no requests are accepted until it resets.
public struct QuotaNotice: Equatable, Sendable {
  /// The time of the reset; nil if the gateway does not state it.
  public let until: Date?
  /// The gateway's message.
  public let message: GatewayMessage

  /// A longer wait is ignored.
  private static let horizon = 400 * 86_400.0

  /// Makes a notice, with the time at which the quota resets if it is known.
  public init(until: Date?, message: GatewayMessage = .none) {
    self.until = until
    self.message = message
  }

  init(_ reply: Reply, message: GatewayMessage, at now: Date) {
    self.message = message
    let wait =
      message.text.flatMap(Self.replenished)
      ?? RetryAfter.seconds(reply, message: message, at: now)
    until = wait.flatMap {
      (0...Self.horizon).contains($0) ? now.addingTimeInterval($0) : nil
    }
  }

  /// The seconds in "Quota will be replenished in [d.]hh:mm:ss".
  static func replenished(_ text: String) -> Double? {
    for word in text.split(whereSeparator: { !"0123456789.:".contains($0) }) {
      let fields = word.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count == 3, let minutes = Int(fields[1]), minutes < 60,
        let seconds = Double(fields[2].hasSuffix(".") ? fields[2].dropLast() : fields[2]),
        seconds < 60
      else { continue }
      let front = fields[0].split(separator: ".").map { Int($0) }
      switch (front.first ?? nil, front.last ?? nil, front.count) {
      case (let hours?, _, 1) where hours < 10_000:
        return Double(hours * 3_600 + minutes * 60) + seconds
      case (let days?, let hours?, 2) where days < 10_000 && hours < 24:
        return Double(days * 86_400 + hours * 3_600 + minutes * 60) + seconds
      default: continue
      }
    }
    return nil
  }
}
