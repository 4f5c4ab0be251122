import Synchronization

/// Work for another thread that runs once and is released before its result is known.
///
/// Dispatch releases a block some time after it ran. A library in it would then be closed some time
/// after its user released it, while the user already moves or deletes its files.
final class OneShotWork<Value, Failure: Error>: Sendable {
  private let body: Mutex<(@Sendable () throws(Failure) -> Value)?>

  init(_ body: @escaping @Sendable () throws(Failure) -> Value) { self.body = Mutex(body) }

  /// Runs the work and releases it; must be called once.
  func run() throws(Failure) -> Value {
    guard let body = body.withLock({ $0.take() }) else {
      preconditionFailure("work was run a second time")
    }
    return try body()
  }
}
