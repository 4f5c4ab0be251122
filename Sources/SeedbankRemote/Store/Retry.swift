/// Repeats requests that fail for a passing reason, with growing pauses.
struct Retry: Sendable {
  /// Waits; a test returns at once.
  let pause: @Sendable (Duration) async throws -> Void
  static let tries = 6

  func callAsFunction<Value>(_ body: () async throws -> Value) async throws -> Value {
    var wait = Duration.milliseconds(250)
    for _ in 1..<Self.tries {
      do {
        return try await body()
      } catch let error as RemoteError where error.isPassing {
        try await pause(wait)
        wait *= 2
      }
    }
    return try await body()
  }
}
