import Dispatch

/// Runs work that waits for disks on other threads than Swift's own, which must not block.
enum BlockingWork {
  private static let queue = DispatchQueue(label: "seedbank.blocking", attributes: .concurrent)

  static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
