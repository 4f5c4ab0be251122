import NIOCore
import NIOPosix
import Synchronization

/// Threads for blocking work, with limits for running and waiting jobs.
final class WorkPool: Sendable {
  private let threads: NIOThreadPool
  private let waiting = Atomic(0)
  private let longestQueue: Int

  init(threads: Int, longestQueue: Int) {
    self.threads = NIOThreadPool(numberOfThreads: threads)
    self.longestQueue = longestQueue
    self.threads.start()
  }

  /// Runs `body` on one of the threads.
  ///
  /// The future fails with `APIError.busy` if too many jobs wait.
  func run<Value: Sendable>(
    on loop: any EventLoop, _ body: @escaping @Sendable () throws -> Value
  ) -> EventLoopFuture<Value> {
    let (_, waited) = waiting.add(1, ordering: .relaxed)
    guard waited <= longestQueue else {
      waiting.subtract(1, ordering: .relaxed)
      return loop.makeFailedFuture(APIError.busy)
    }
    return threads.runIfActive(eventLoop: loop) { [self] in
      waiting.subtract(1, ordering: .relaxed)
      return try body()
    }
  }

  /// Waits for running jobs, and discards waiting ones.
  func stop() async { try? await threads.shutdownGracefully() }
}
