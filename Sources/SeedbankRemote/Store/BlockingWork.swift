import Dispatch

/// Runs work that blocks its thread outside of Swift's pool.
enum BlockingWork {
  private static let queue = DispatchQueue(
    label: "seedbank.remote", attributes: .concurrent)

  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
