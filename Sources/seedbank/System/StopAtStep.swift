import Platform
import SeedbankStorage
import Synchronization

/// Kills the process at a durable step that a test names.
///
/// Release builds do not contain it.
enum StopAtStep {
  #if DEBUG
    /// `SEEDBANK_STOP_AT=replyRecorded` stops at the first such step, `replyRecorded:3` at the third.
    static func observer(_ environment: Environment) -> StepObserver {
      guard let requested = environment["SEEDBANK_STOP_AT"] else { return { _ in } }
      let parts = requested.split(separator: ":")
      guard let step = parts.first.flatMap({ DurableStep(rawValue: String($0)) }) else {
        return { _ in }
      }
      let left = Countdown(parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
      return { if $0 == step, left.isOver() { kill(getpid(), SIGKILL) } }
    }

    private final class Countdown: Sendable {
      private let left: Mutex<Int>
      init(_ count: Int) { left = Mutex(count) }

      func isOver() -> Bool {
        left.withLock { left in
          left -= 1
          return left == 0
        }
      }
    }
  #else
    static func observer(_ environment: Environment) -> StepObserver { { _ in } }
  #endif
}
