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
  private let count: Int
  private let attempts: Int
  private let version: @Sendable (Database) throws -> Int?
  private let before: Rendezvous
  private let after: Rendezvous

  /// - Parameters:
  ///   - count: the number of connections, each of which calls `read` once, on its own thread.
  ///   - attempts: the number of attempts after which the readers fail.
  ///   - version: returns a number that changes if another connection commits.
  init(
    _ count: Int, attempts: Int = 10_000,
    version: @escaping @Sendable (Database) throws -> Int? = SharedRead.dataVersion(in:)
  ) {
    self.count = count
    self.attempts = attempts
    self.version = version
    before = Rendezvous(count)
    after = Rendezvous(count)
  }

  /// Runs `body` in a transaction, which changes nothing.
  ///
  /// - Throws: what `body` throws; `CancellationError` if another reader cannot begin;
  ///   `LibraryError.busy` if the data changes at each attempt.
  func read<Value>(_ library: Library, _ body: (Database) throws -> Value) throws -> Value {
    // One transaction is one state. Also, if SQLite may not write its shared memory, the version of the data
    // can differ in each transaction.
    guard count > 1 else { return try library.read(body) }
    return try library.mappingErrors {
      try library.queue.inDatabase { database in
        for _ in 0..<attempts {
          if let value = try attempt(database, body) { return value }
        }
        throw LibraryError.busy(path: library.folder.catalog)
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
    let version = try version(database)
    hasMet.before = true
    guard before.meet(.agreed) == .agreed else { throw CancellationError() }
    var value: Value?
    try database.inTransaction(.deferred) {
      let isSame = try self.version(database) == version
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

  static func dataVersion(in database: Database) throws -> Int? {
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
