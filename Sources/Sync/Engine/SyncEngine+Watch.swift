import Storage

extension SyncEngine {
  /// How often a watch looks whether the catalog has changed.
  static let glance: Duration = .milliseconds(500)

  /// Runs again and again: at once when another process adds something, after a while for what had
  /// to be left. Ends when `stop` is turned on, or where waiting could mend nothing.
  ///
  /// - Parameter onRound: told of every run in which there was something to do.
  /// - Returns: the report of the last run.
  /// - Throws: `LibraryError` where the queue can't be read.
  public func watch(
    until stop: StopSwitch, onRound: @Sendable (SyncReport) -> Void = { _ in }
  ) async throws -> SyncReport {
    while true {
      var seen = try library.foreignChanges()
      let run = try SyncRun(self, .all, stop: stop)
      // What is new need not wait for slow jobs that hold up the end of a run.
      let report = try await run.feed(.all) {
        let now = try library.foreignChanges()
        defer { seen = now }
        return now != seen
      }
      if !report.isEmpty { onRound(report) }
      let next = WatchPlan.next(after: report.stop, at: world.moment)
      guard case .again(let length, let orOnChange) = next else { return report }
      try await wait(length, orOnChange ? seen : nil, until: stop)
      if stop.isOn { return report }
    }
  }

  /// Waits until the time is over, the catalog is no longer as it was `seen`, or the switch is on.
  private func wait(_ length: Duration, _ seen: Int64?, until stop: StopSwitch) async throws {
    let end = world.uptime() + length
    let sleep = world.sleep
    while !stop.isOn, world.uptime() < end {
      if let seen, try library.foreignChanges() != seen { return }
      try? await stop.cancelling { try await sleep(Self.glance) }
    }
  }
}
