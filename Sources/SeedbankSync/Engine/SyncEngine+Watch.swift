import SeedbankStorage

extension SyncEngine {
  /// How often a watch looks whether the catalog has changed.
  static let pollInterval: Duration = .milliseconds(500)

  /// Runs again and again: at once when another process adds something, after a while for what had
  /// to be left. Ends when `stop` is turned on, or if waiting cannot help.
  ///
  /// - Parameter onRound: told of every run in which there was something to do.
  /// - Returns: the report of the last run.
  /// - Throws: `LibraryError` where the queue can't be read.
  public func watch(
    until stop: StopSwitch, onRound: @Sendable (SyncReport) -> Void = { _ in }
  ) async throws -> SyncReport {
    try await withTaskExecutorPreference(WorkerThreads.shared) {
      try await runRounds(until: stop, onRound: onRound)
    }
  }

  private func runRounds(
    until stop: StopSwitch, onRound: @Sendable (SyncReport) -> Void
  ) async throws -> SyncReport {
    var outage = OutageWatch()
    while true {
      var seen = try library.foreignChanges()
      let prior = try await standing(of: &outage, until: stop)
      let run = try SyncRun(self, .all, stop: stop, after: prior)
      // What is new need not wait for slow jobs that hold up the end of a run.
      let report = try await run.feed(.all) {
        let now = try library.foreignChanges()
        defer { seen = now }
        return now != seen
      }
      if !report.isEmpty { onRound(report) }
      let lasts = if case .lasts = prior { true } else { false }
      outage.note(report.stop, sentRequests: !lasts)
      let next = WatchPlan.next(after: report.stop, at: world.moment)
      if case .again(var length, let orOnChange) = next {
        if case .outage = report.stop { length = outage.wait }
        try await wait(length, orOnChange ? seen : nil, until: stop)
        if !stop.isOn { continue }
      }
      try run.countHeld()
      return run.currentReport()
    }
  }

  /// Asks by a poll, which costs nothing, whether the gateway is back after an outage.
  private func standing(
    of outage: inout OutageWatch, until stop: StopSwitch
  ) async throws -> QueueState.PriorOutage? {
    guard let doubt = outage.doubt else { return nil }
    guard let client = try? await gateway.client() else { return .seemsOver }
    let pending = try library.unfinished(in: .pending, limit: 1).first
    let job = try pending.flatMap { try library.workItem($0)?.jobID } ?? Self.noJob
    guard let answer = try? await stop.cancelling({ await client.poll(job) }) else {
      return .lasts(doubt)
    }
    let isAnswered = answer.outcome.isOfTheGateway
    outage.noteProbe(isAnswered: isAnswered)
    return isAnswered ? .seemsOver : .lasts(doubt)
  }

  /// The id of a job that does not exist: even "no such job" shows that the gateway answers.
  private static let noJob = "00000000-0000-0000-0000-000000000000"

  /// Waits until the time is over, the catalog is no longer as it was `seen`, or the switch is on.
  private func wait(_ length: Duration, _ seen: Int64?, until stop: StopSwitch) async throws {
    let end = world.uptime() + length
    let sleep = world.sleep
    while !stop.isOn, world.uptime() < end {
      if let seen, try library.foreignChanges() != seen { return }
      try? await stop.cancelling { try await sleep(Self.pollInterval) }
    }
  }
}
