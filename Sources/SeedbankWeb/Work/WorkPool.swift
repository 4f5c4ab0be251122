import NIOCore
import NIOPosix
import Platform
import Synchronization

/// Threads for blocking work, with limits for running and waiting jobs.
final class WorkPool: Sendable {
  private let threads: NIOThreadPool
  private let waiting = Atomic(0)
  private let longestQueue: Int
  private let niceness: Int32

  /// - Parameter niceness: how much processor time its threads leave to others (setpriority(2)); 0 for an equal share.
  init(threads: Int, longestQueue: Int, niceness: Int32 = 0) {
    self.threads = NIOThreadPool(numberOfThreads: threads)
    self.longestQueue = longestQueue
    self.niceness = niceness
    self.threads.start()
  }

  /// Runs `body` on one of the threads.
  ///
  /// The future fails with `APIError.busy` if too many jobs wait, and with `APIError.cancelled` if the pool stops before.
  func run<Value: Sendable>(
    on loop: any EventLoop, _ body: @escaping @Sendable () throws -> Value
  ) -> EventLoopFuture<Value> {
    let promise = loop.makePromise(of: Value.self)
    submit { error in
      if let error { promise.fail(error) } else { promise.completeWith(Result { try body() }) }
    }
    return promise.futureResult
  }

  /// Runs `body` on one of the threads.
  ///
  /// If too many jobs wait, or the pool stops before, `body` is called with the error instead: before this
  /// function or `stop` returns.
  func submit(_ body: @escaping @Sendable (APIError?) -> Void) {
    let (_, waited) = waiting.add(1, ordering: .relaxed)
    guard waited <= longestQueue else {
      waiting.subtract(1, ordering: .relaxed)
      return body(.busy)
    }
    threads.submit { [self] state in
      waiting.subtract(1, ordering: .relaxed)
      guard case .active = state else { return body(.cancelled) }
      yieldToOthers()
      body(nil)
    }
  }

  /// Gives the thread that runs a job the niceness of the pool.
  private func yieldToOthers() {
    #if canImport(Glibc)
      // On other systems, this would change the whole process.
      if niceness != 0 {
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
      }
    #endif
  }

  /// Waits for running jobs, and discards waiting ones.
  func stop() async { try? await threads.shutdownGracefully() }
}
