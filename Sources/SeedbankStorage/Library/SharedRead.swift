import Dispatch
internal import GRDB
import Synchronization

/// Read transactions of several connections that see the same state of the catalog.
///
/// SQLite as Debian builds it cannot open a snapshot of another connection. So each connection reads
/// the version of the data, waits for the others, and then begins its transaction. If its version is
/// still the same, nothing was committed between, and all transactions see one state. Otherwise all
/// try again.
final class SharedRead: Sendable {
  private let before: Rendezvous
  private let after: Rendezvous

  /// - Parameter count: the number of connections, each of which calls `read` once, on its own thread.
  init(_ count: Int) {
    before = Rendezvous(count)
    after = Rendezvous(count)
  }

  /// Runs `body` in a transaction, which changes nothing.
  ///
  /// - Throws: what `body` throws; `CancellationError` if another reader cannot begin.
  func read<Value>(_ library: Library, _ body: (Database) throws -> Value) throws -> Value {
    try library.mappingErrors {
      try library.queue.inDatabase { database in
        while true {
          if let value = try attempt(database, body) { return value }
        }
      }
    }
  }

  /// Returns nil if another process committed meanwhile.
  private func attempt<Value>(
    _ database: Database, _ body: (Database) throws -> Value
  ) throws -> Value? {
    var hasMet = (before: false, after: false)
    defer {
      // The others must not wait for a reader that failed.
      if !hasMet.before { _ = before.meet(.failed) }
      if !hasMet.after { _ = after.meet(.failed) }
    }
    let version = try Self.version(in: database)
    hasMet.before = true
    guard before.meet(.agreed) == .agreed else { throw CancellationError() }
    var value: Value?
    try database.inTransaction(.deferred) {
      let isSame = try Self.version(in: database) == version
      hasMet.after = true
      switch after.meet(isSame ? .agreed : .differed) {
      case .agreed: value = try body(database)
      case .differed: break
      case .failed: throw CancellationError()
      }
      return .rollback
    }
    return value
  }

  /// A number that changes if another connection commits.
  private static func version(in database: Database) throws -> Int? {
    try Int.fetchOne(database.cachedStatement(sql: "PRAGMA data_version"))
  }
}

/// A point at which several threads wait for each other.
private final class Rendezvous: Sendable {
  enum Outcome: Int { case agreed, differed, failed }

  private struct State {
    var arrived = 0
    var worst = Outcome.agreed
    var outcome = Outcome.agreed
  }

  private let count: Int
  private let state = Mutex(State())
  private let gate = DispatchSemaphore(value: 0)

  init(_ count: Int) { self.count = count }

  /// Waits for the other threads; returns the worst outcome of all.
  func meet(_ own: Outcome) -> Outcome {
    let isLast = state.withLock { state in
      if own.rawValue > state.worst.rawValue { state.worst = own }
      state.arrived += 1
      guard state.arrived == count else { return false }
      state.outcome = state.worst
      state.arrived = 0
      state.worst = .agreed
      return true
    }
    if isLast {
      for _ in 1..<count { gate.signal() }
    } else {
      gate.wait()
    }
    return state.withLock(\.outcome)
  }
}
