import Dispatch
import Synchronization

/// Threads for the workers of a run, which wait for disks and decode images.
///
/// Swift has only one thread per core. If these threads waited, all time limits, stops and other requests
/// would wait too.
final class WorkerThreads: TaskExecutor {
  /// One for the whole process, so that no task outlives it.
  static let shared = WorkerThreads(limit: 8)

  private struct State {
    var jobs: [UnownedJob] = []
    var next = 0
    var threads = 0
    var idle = 0
  }

  private let limit: Int
  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  private init(limit: Int) { self.limit = limit }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let needsThread = state.withLock { state in
      state.jobs.append(job)
      guard state.idle < state.jobs.count - state.next, state.threads < limit else { return false }
      state.threads += 1
      return true
    }
    if needsThread { startThread() }
    arrivals.signal()
  }

  private func startThread() {
    // A separate serial queue has its own thread, even if all others are busy.
    DispatchQueue(label: "seedbank.sync").async { [self] in
      while true {
        state.withLock { $0.idle += 1 }
        arrivals.wait()
        take()?.runSynchronously(on: asUnownedTaskExecutor())
      }
    }
  }

  private func take() -> UnownedJob? {
    state.withLock { state in
      state.idle -= 1
      guard state.next < state.jobs.count else { return nil }
      let job = state.jobs[state.next]
      state.next += 1
      // Taken jobs are removed together, so that taking one does not depend on the number of waiting
      // jobs.
      if state.next >= 64, state.next * 2 >= state.jobs.count {
        state.jobs.removeFirst(state.next)
        state.next = 0
      }
      return job
    }
  }
}
