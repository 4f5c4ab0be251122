import Dispatch
import Synchronization

/// Threads for the workers of a run, which wait for disks and decode images.
///
/// Swift's own threads are as few as the machine's cores. If they waited, so would every time limit, every
/// stop, and every request that could be sent meanwhile.
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
    // A serial queue of its own has a thread of its own, however busy the others are.
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
      // What was taken is dropped in one go, so that taking costs the same however many wait.
      if state.next >= 64, state.next * 2 >= state.jobs.count {
        state.jobs.removeFirst(state.next)
        state.next = 0
      }
      return job
    }
  }
}
