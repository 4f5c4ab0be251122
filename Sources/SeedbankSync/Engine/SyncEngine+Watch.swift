import SeedbankProviders
import SeedbankStorage

extension SyncEngine {
  /// How often a watch checks the catalog for changes.
  static let pollInterval: Duration = .milliseconds(500)

  /// Repeats runs: immediately when another process adds a request, and after some time for work
  /// that was left.
  ///
  /// Ends when `stop` is turned on, or if waiting cannot help.
  ///
  /// - Parameters:
  ///   - provider: The provider of new requests; nil for the standard one. If another one cannot be used,
  ///     the watch continues without it.
  ///   - onRound: called after each run with work.
  /// - Returns: the report of the last run.
  /// - Throws: `LibraryError` if the queue cannot be read.
  public func watch(
    until stop: StopSwitch, newRequestsFor provider: String? = nil,
    onRound: @Sendable (SyncReport) -> Void = { _ in }
  ) async throws -> SyncReport {
    try await withTaskExecutorPreference(WorkerThreads.shared) {
      let watched = WatchedProviders(main: provider ?? WorkItem.standardProvider)
      return try await runRounds(until: stop, watched, onRound: onRound)
    }
  }

  private func runRounds(
    until stop: StopSwitch, _ providers: WatchedProviders,
    onRound: @Sendable (SyncReport) -> Void
  ) async throws -> SyncReport {
    var watched = providers
    while true {
      var seen = try library.foreignChanges()
      watched.wake(at: world.uptime())
      let prior = try await standing(of: &watched, until: stop)
      let run = try SyncRun(self, .all, stop: stop, after: prior, resting: watched.resting)
      // New requests should not wait for slow jobs at the end of a run.
      let report = try await run.feed(.all) {
        let now = try library.foreignChanges()
        defer { seen = now }
        return now != seen
      }
      if !report.isEmpty { onRound(report) }
      let next = watched.next(
        after: run.stops, prior, unfinished: try library.unfinishedProviders(), at: world.moment)
      if !stop.isOn, case .again(let length, let orOnChange) = next {
        try await wait(length, orOnChange ? seen : nil, until: stop)
        if !stop.isOn { continue }
      }
      try run.countHeld()
      return run.currentReport()
    }
  }

  /// Polls providers after an outage to find out whether they answer again.
  ///
  /// Polls cost nothing.
  private func standing(
    of watched: inout WatchedProviders, until stop: StopSwitch
  ) async throws -> [String: QueueState.PriorOutage] {
    var standing: [String: QueueState.PriorOutage] = [:]
    for (provider, unusableReply) in watched.outagesToProbe {
      guard let client = try? await gateway.client(of: provider) else {
        standing[provider] = .seemsOver
        continue
      }
      // Without a job, the endpoint of a request decides which call the service answers.
      let item = try library.work(of: provider, in: [.pending, .submitting, .queued]).first
        .flatMap { try library.workItem($0) }
      let job = item?.jobID ?? Self.noJob
      let endpoint = item?.provider.endpoint ?? EncodedRequest.standardEndpoint
      guard let answer = try? await stop.cancelling({ await client.poll(job, at: endpoint) }) else {
        standing[provider] = .lasts(unusableReply)
        continue
      }
      let isAnswered = answer.outcome.isOfTheGateway
      watched.noteProbe(of: provider, isAnswered: isAnswered)
      standing[provider] = isAnswered ? .seemsOver : .lasts(unusableReply)
    }
    return standing
  }

  /// The id of a job that does not exist: even "no such job" shows that the gateway answers.
  private static let noJob = "00000000-0000-0000-0000-000000000000"

  /// Waits until the time is over, the catalog differs from `seen`, or the switch is on.
  private func wait(_ length: Duration, _ seen: Int64?, until stop: StopSwitch) async throws {
    let end = world.uptime() + length
    let sleep = world.sleep
    while !stop.isOn, world.uptime() < end {
      if let seen, try library.foreignChanges() != seen { return }
      try? await stop.cancelling { try await sleep(Self.pollInterval) }
    }
  }
}
