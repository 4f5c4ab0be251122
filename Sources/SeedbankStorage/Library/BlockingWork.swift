import Dispatch

/// Runs work that blocks its thread outside of Swift's pool, whose threads must never wait.
package enum BlockingWork {
  private static let queue = DispatchQueue(label: "seedbank.blocking", attributes: .concurrent)

  /// Runs `body` on a separate thread, releases it, and returns its value.
  package static func run<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let work = OneShotWork(body)
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Value, Failure>, Never>) in
      queue.async {
        do throws(Failure) {
          continuation.resume(returning: .success(try work.run()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }
}
