import NIOCore
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Synchronization

/// Makes missing thumbnails.
///
/// Each is made once, even if several clients wait for it. The last requested one is made first,
/// because it is visible now. Those that no client waits for are not made.
final class ThumbnailQueue: Sendable {
  struct Key: Hashable, Sendable {
    let digest: Digest
    let size: Int
  }

  private struct Waiter: Sendable {
    let promise: EventLoopPromise<[UInt8]>
    let cancellation: Cancellation
  }

  private struct Job {
    var waiters: [Waiter]
    var isRunning = false
    /// Later requests are made first.
    var order: Int
  }

  private struct State {
    var jobs: [Key: Job] = [:]
    var nextOrder = 0

    /// The jobs that no task of the pool has taken.
    var waiting: [Key: Job] { jobs.filter { !$0.value.isRunning } }
  }

  private let state = Mutex(State())
  private let pool: WorkPool
  private let make: @Sendable (Key) throws -> [UInt8]

  init(_ pool: WorkPool, make: @escaping @Sendable (Key) throws -> [UInt8]) {
    self.pool = pool
    self.make = make
  }

  /// Returns the bytes of a thumbnail once it is made.
  func thumbnail(
    _ key: Key, for cancellation: Cancellation, on loop: any EventLoop
  ) -> EventLoopFuture<[UInt8]> {
    let promise = loop.makePromise(of: [UInt8].self)
    let isNew = state.withLock { state in
      state.nextOrder += 1
      let waiter = Waiter(promise: promise, cancellation: cancellation)
      let isNew = state.jobs[key] == nil
      state.jobs[key, default: Job(waiters: [], order: 0)].waiters.append(waiter)
      state.jobs[key]?.order = state.nextOrder
      return isNew
    }
    // Each task of the pool takes the job with the highest priority at that time.
    if isNew {
      pool.submit { [self] error in
        if let error { fail(key, with: error) } else { runNext() }
      }
    }
    return promise.futureResult
  }

  private func runNext() {
    while let (key, abandoned) = next() {
      for waiter in abandoned { waiter.promise.fail(APIError.cancelled) }
      guard let key else { continue }
      let result = Result { try make(key) }
      let waiters = state.withLock { $0.jobs.removeValue(forKey: key)?.waiters ?? [] }
      for waiter in waiters { waiter.promise.completeWith(result) }
      return
    }
  }

  /// Takes the job with the highest priority.
  ///
  /// A job that no client waits for has no key. Nil without a job.
  private func next() -> (key: Key?, abandoned: [Waiter])? {
    state.withLock { state in
      guard let (key, job) = state.waiting.max(by: { $0.value.order < $1.value.order }) else {
        return nil
      }
      if job.waiters.allSatisfy(\.cancellation.isCancelled) {
        state.jobs[key] = nil
        return (nil, job.waiters)
      }
      state.jobs[key]?.isRunning = true
      return (key, [])
    }
  }

  /// Fails the job of a task that the pool does not run.
  ///
  /// If another task has taken that job, one job more waits than there are tasks. Then the one that was requested
  /// first fails instead, so that none waits without a task.
  private func fail(_ key: Key, with error: any Error) {
    let waiters = state.withLock { state -> [Waiter] in
      let waiting = state.waiting
      let oldest = waiting.min { $0.value.order < $1.value.order }?.key
      guard let failed = waiting[key] == nil ? oldest : key else { return [] }
      return state.jobs.removeValue(forKey: failed)?.waiters ?? []
    }
    for waiter in waiters { waiter.promise.fail(error) }
  }
}
