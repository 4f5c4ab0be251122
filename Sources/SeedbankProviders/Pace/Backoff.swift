/// Pauses that grow, for polls and for attempts after a failure.
public struct Backoff: Equatable, Sendable {
  /// The first wait.
  public let start: Duration
  /// The factor between one pause and the next; at least 1.
  public let factor: Double
  /// The longest wait.
  public let cap: Duration
  /// The random share, from 0 to 1, by which a pause can be longer or shorter, so that many clients do
  /// not send at the same time.
  public let jitter: Double

  /// Makes a series of waits; `jitter` is the share by which each may differ.
  public init(start: Duration, factor: Double, cap: Duration, jitter: Double = 0.2) {
    self.start = max(start, .zero)
    self.factor = factor.isFinite ? max(factor, 1) : 1
    self.cap = max(cap, .zero)
    self.jitter = jitter.isFinite ? min(max(jitter, 0), 1) : 0
  }

  /// The pauses of the gateway's public clients: from 2 s to 10 s, with a factor of 1.5.
  public static let polls = Backoff(start: .seconds(2), factor: 1.5, cap: .seconds(10))
  /// After a network failure, or a 429 without a time.
  public static let retries = Backoff(start: .seconds(1), factor: 2, cap: .seconds(60), jitter: 0.5)

  /// The pause before the attempt with this number, counted from 0, with its random share; never above
  /// the cap.
  public func pause(
    before attempt: Int, using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let length = pause(before: attempt)
    let deviation = jitter > 0 ? Double.random(in: -jitter...jitter, using: &generator) : 0
    return min(.seconds(length.inSeconds * (1 + deviation)), cap)
  }

  /// The pause before the attempt with this number, counted from 0, without its random share.
  public func pause(before attempt: Int) -> Duration {
    let ceiling = cap.inSeconds
    var length = start.inSeconds
    // After this exponent, every pause is at its cap or does not change.
    for _ in 0..<min(max(attempt, 0), 200) where length < ceiling { length *= factor }
    return .seconds(min(length, ceiling))
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
