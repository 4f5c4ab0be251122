import SeedbankStorage

/// Changes the catalog while other processes write to it too.
///
/// It waits for their locks without blocking a thread, so that time limits, other workers and stops still
/// work.
struct CatalogWriter {
  /// A library whose connection does not wait for locks.
  let library: Library
  let world: Dependencies
  /// How long another process may hold the lock.
  let patience: Duration
  /// The order of the changes.
  let order = WriteOrder()
  /// The changes that wait for their turn and can share a transaction.
  private let waiting = WaitingChanges()

  init(library: Library, world: Dependencies, patience: Duration) {
    self.library = library
    self.world = world
    self.patience = patience
  }

  /// - Parameter stop: ends the wait; nil if the change must not be abandoned.
  /// - Throws: what `change` throws, `LibraryError.busy` after `patience`, `CancellationError` after a
  ///   stop.
  func write<Value>(
    _ urgency: WriteOrder.Urgency = .usual, stoppedBy stop: StopSwitch? = nil,
    _ change: (Library) throws -> Value
  ) async throws -> Value {
    try await withPatience(stoppedBy: stop) {
      try await order.inTurn(urgency) { try change(library) }
    }
  }

  /// Makes a change together with all others that wait at that time, so that they need one write to the
  /// disk instead of one each.
  ///
  /// When it returns, the change is on the disk.
  ///
  /// - Parameter stop: ends the wait; nil if the change must not be abandoned.
  /// - Throws: what the change throws, `LibraryError.busy` after `patience`, `CancellationError` after a
  ///   stop.
  func make(
    _ change: CatalogChange, _ urgency: WriteOrder.Urgency = .usual,
    stoppedBy stop: StopSwitch? = nil
  ) async throws {
    try await withPatience(stoppedBy: stop) {
      let own = waiting.add(change)
      try await order.inTurn(urgency) { try waiting.make(own, in: library) }
    }
  }

  private func withPatience<Value>(
    stoppedBy stop: StopSwitch?, _ attempt: () async throws -> Value
  ) async throws -> Value {
    let end = world.uptime() + patience
    let sleep = world.sleep
    var pause: Duration = .milliseconds(2)
    while true {
      do {
        return try await attempt()
      } catch let error as LibraryError {
        guard case .busy = error, world.uptime() < end else { throw error }
      }
      if let stop {
        guard !stop.isOn else { throw CancellationError() }
        try? await stop.cancelling { [pause] in try await sleep(pause) }
      } else {
        try? await sleep(pause)
      }
      pause = min(pause * 2, .milliseconds(100))
    }
  }
}
