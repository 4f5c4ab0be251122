/// Pauses that grow: for polls, and for tries after a failure.
public struct Backoff: Equatable, Sendable {
  /// The first wait.
  public let start: Duration
  /// What each pause is multiplied with; at least 1.
  public let factor: Double
  /// The longest wait.
  public let cap: Duration
  /// How far a pause strays from its length either way, from 0 to 1 of it, so that many clients do
  /// not knock together.
  public let jitter: Double

  /// Makes a series of waits; `jitter` is the share by which each may differ.
  public init(start: Duration, factor: Double, cap: Duration, jitter: Double = 0.2) {
    self.start = max(start, .zero)
    self.factor = factor.isFinite ? max(factor, 1) : 1
    self.cap = max(cap, .zero)
    self.jitter = jitter.isFinite ? min(max(jitter, 0), 1) : 0
  }

  /// The rhythm of the gateway's public clients: from 2 s by half as much again to 10 s.
  public static let polls = Backoff(start: .seconds(2), factor: 1.5, cap: .seconds(10))
  /// After a failure of the network or a bare 429.
  public static let retries = Backoff(start: .seconds(1), factor: 2, cap: .seconds(60), jitter: 0.5)

  /// The pause before the try with this number, counted from 0; never above the cap.
  public func pause(
    before attempt: Int, using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let ceiling = cap.inSeconds
    var length = start.inSeconds
    // Beyond this exponent every pause has met its cap or stays as it is.
    for _ in 0..<min(max(attempt, 0), 200) where length < ceiling { length *= factor }
    let stray = jitter > 0 ? Double.random(in: -jitter...jitter, using: &generator) : 0
    return .seconds(min(min(length, ceiling) * (1 + stray), ceiling))
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
