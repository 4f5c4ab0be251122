import Dispatch

/// Work that waits for disks, off Swift's own threads, which must never wait.
enum BlockingWork {
  private static let queue = DispatchQueue(label: "seedbank.blocking", attributes: .concurrent)

  static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
