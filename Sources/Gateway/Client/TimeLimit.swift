/// The time was over before the work was.
struct TimeLimitExceeded: Error {}

/// Runs work that is cancelled when its time is over.
func withTimeLimit<Result: Sendable>(
  _ time: Duration, _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: time)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let result = first else { throw TimeLimitExceeded() }
    return result
  }
}
