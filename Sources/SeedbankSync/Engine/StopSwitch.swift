import Synchronization

/// A request to stop.
///
/// Running requests are finished, and no new ones are started.
///
/// Tasks are not cancelled, because the reply to a cancelled submit would be lost.
public final class StopSwitch: Sendable {
  private struct State {
    var isOn = false
    var number = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Makes a switch that is off.
  public init() {}

  /// Whether a stop was requested.
  public var isOn: Bool { state.withLock(\.isOn) }

  /// May be called from any thread, and more than once.
  public func turnOn() {
    let waiters = state.withLock { state in
      state.isOn = true
      defer { state.waiters = [:] }
      return state.waiters
    }
    for waiter in waiters.values { waiter.resume() }
  }

  /// Returns when the switch is on, or when the task is cancelled.
  func wait() async {
    let number = state.withLock { state in
      state.number += 1
      return state.number
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        let isOver = state.withLock { state in
          if state.isOn || Task.isCancelled { return true }
          state.waiters[number] = waiter
          return false
        }
        if isOver { waiter.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }

  /// Runs `work` and cancels it when the switch is turned on.
  package func cancelling<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        await self.wait()
        return nil
      }
      defer { group.cancelAll() }
      while let first = try await group.next() {
        if let value = first { return value }
        // The switch is on. The work is cancelled, and its own result counts.
        group.cancelAll()
      }
      throw CancellationError()
    }
  }
}
