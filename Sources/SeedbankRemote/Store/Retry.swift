import SeedbankProviders

/// Repeats requests that fail for a passing reason, with growing pauses.
struct Retry: Sendable {
  /// Waits; a test returns at once.
  let pause: @Sendable (Duration) async throws -> Void
  static let tries = 6
  private static let pauses = Backoff(
    start: .milliseconds(250), factor: 2, cap: .seconds(4), jitter: 0)

  func callAsFunction<Value>(_ body: () async throws -> Value) async throws -> Value {
    for attempt in 0..<Self.tries - 1 {
      do {
        return try await body()
      } catch let error as RemoteError where error.isPassing {
        try await pause(Self.pauses.pause(before: attempt))
      }
    }
    return try await body()
  }
}
