import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Synchronization

/// One run over a queue: what its workers share.
final class SyncRun: Sendable {
  let library: Library
  let catalog: CatalogWriter
  let claims: Claims
  let gateway: LazyGateway
  let settings: SyncSettings
  let world: Dependencies
  let stop: StopSwitch
  let places: WorkerSlots
  let hosts: HostSlots
  let roster = ActiveGenerations()
  /// Decoding takes a core and many megabytes each.
  let decoders = WorkerSlots(count: 2)
  /// Generations whose reply or images must still find room on the library's disk.
  let expected = Atomic(0)
  /// What the digests of keys are made with in this run.
  let accountSalt: Digest
  /// What the requests of this run cost at most.
  private let cost = Mutex(MoneyAmount(microunits: 0))
  private let queues: Mutex<ProviderQueues>
  /// The providers of all unfinished generations when the run began.
  private let providers: Set<String>
  /// Tells when a request has ended, for those that are held back until then.
  private let submitEnded = ChangeNotifier()
  private let report = Mutex(SyncReport())
  private let onEvent: @Sendable (SyncEvent) -> Void

  /// Whether it runs over everything, rather than over generations that were named.
  let isOverEverything: Bool

  init(
    _ engine: SyncEngine, _ scope: SyncEngine.Scope, stop: StopSwitch,
    after outages: [String: QueueState.PriorOutage] = [:], resting: [String: StopReason] = [:]
  ) throws {
    isOverEverything = if case .all = scope { true } else { false }
    library = engine.library
    catalog = engine.catalog
    claims = engine.claims
    gateway = engine.gateway
    settings = engine.settings
    world = engine.world
    self.stop = stop
    places = WorkerSlots(
      count: settings.jobs,
      seats: [
        .polling: settings.pollingRoom, .waiting: settings.waitingJobs,
        .downloading: settings.downloadRoom,
      ])
    hosts = HostSlots(limit: settings.hostPlaces)
    queues = Mutex(ProviderQueues(settings, after: outages, resting: resting))
    providers = try engine.library.unfinishedProviders()
    onEvent = engine.onEvent
    var random = world.dice
    accountSalt = Digest(of: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
  }

  func tell(_ event: SyncEvent) { onEvent(event) }

  /// The report so far, with the reason for which the run stopped.
  func currentReport() -> SyncReport {
    let stopReason = queues.withLock { $0.stopReason }
    return report.withLock { report in
      var copy = report
      copy.stop = stopReason ?? (stop.isOn ? .interrupted : nil)
      return copy
    }
  }

  /// Why everything ended, and why the work for single providers did.
  var stops: (all: StopReason?, providers: [String: StopReason]) {
    queues.withLock { ($0.halt, $0.stopReasons) }
  }

  func count(
    _ status: Status, of id: GenerationID, _ failure: RecordedFailure?, number: Int = 1
  ) {
    report.withLock { $0.add(status, of: id, failure, number: number) }
  }

  func countElsewhere() { report.withLock { $0.elsewhere += 1 } }

  /// Counts what was never taken up.
  func countLeft(_ number: Int, in status: Status) {
    if number > 0 { report.withLock { $0.counts[status, default: 0] += number } }
  }

  // MARK: Cost

  /// The price of a request without an estimate; nil: not known.
  func price(images: Int) -> Cost? {
    guard var price = settings.imagePrice else { return nil }
    let (total, overflows) = price.amount.microunits.multipliedReportingOverflow(by: Int64(images))
    guard !overflows else { return nil }
    price.amount = MoneyAmount(microunits: total)
    return price
  }

  /// Counts a request towards the limit of this run.
  ///
  /// - Throws: `BudgetError` if the limit would be exceeded.
  func addCost(_ price: Cost?, model: String?) throws(BudgetError) {
    guard let limit = settings.maxCost else { return }
    guard let price else { throw .unknownPrice(model: model) }
    let error = cost.withLock { cost -> BudgetError? in
      let (sum, overflows) = cost.microunits.addingReportingOverflow(price.amount.microunits)
      guard !overflows, sum <= limit.microunits else {
        return .maxCost(
          limit: limit, used: cost, requested: price.amount, currency: price.currency)
      }
      cost = MoneyAmount(microunits: sum)
      return nil
    }
    if let error { throw error }
  }

  /// Takes back what was counted for a request that is not charged.
  func removeCost(_ price: Cost?) {
    guard settings.maxCost != nil, let price else { return }
    cost.withLock {
      $0 = MoneyAmount(microunits: $0.microunits - price.amount.microunits)
    }
  }

  // MARK: Pace

  /// Waits until a call may go out; returns why none may any more.
  ///
  /// A submit that may go out counts as under way until `endSubmit` is called.
  func admission(of call: QueueState.Call, to provider: String) async -> StopReason? {
    while true {
      if stop.isOn { return .interrupted }
      let version = submitEnded.version
      let admission = queues.withLock { queues in
        let admission = queues.admission(of: call, to: provider, at: world.uptime())
        if call == .submit, admission == .go { queues[provider].beginSubmit() }
        return admission
      }
      switch admission {
      case .go: return nil
      case .stopped(let reason): return reason
      case .hold:
        try? await stop.cancelling { [submitEnded] in await submitEnded.wait(after: version) }
      case .wait(let end):
        let length = end - world.uptime()
        // Not all at the same instant when the pause is over.
        var dice = world.dice
        let stagger = Double.random(in: 0...0.1, using: &dice)
        await rest(length + min(length * stagger, .seconds(2)))
      }
    }
  }

  /// Ends a submit that was admitted, after its signal was noted.
  func endSubmit(to provider: String) {
    queues.withLock { $0[provider].endSubmit() }
    submitEnded.notify()
  }

  /// Whether calls of the kind are over for this run, without waiting.
  func isStopped(_ call: QueueState.Call) -> Bool {
    stop.isOn
      || queues.withLock { $0.isStopped(call, for: providers, at: world.uptime()) }
  }

  func note(
    _ signal: QueueSignal, of call: QueueState.Call, to provider: String, startedAt: Duration
  ) {
    var dice = world.dice
    let change = queues.withLock { queues in
      queues[provider].note(signal, of: call, startedAt: startedAt, at: world.moment) {
        settings.retries.pause(before: $0, using: &dice)
      }
    }
    announce(change)
  }

  func halt(_ reason: StopReason) {
    announce(queues.withLock { $0.haltAll(reason) })
  }

  /// Ends the work for one provider; that for the others goes on.
  func halt(_ provider: String, _ reason: StopReason) {
    announce(queues.withLock { $0[provider].haltAll(reason) })
  }

  private func announce(_ change: QueueState.Change?) {
    switch change {
    case .paused(let reason, let length): tell(.paused(reason, seconds: length.inSeconds))
    case .stopped(let reason): tell(.stopped(reason))
    case nil: break
    }
  }

  /// Sleeps, but not through a person's wish to stop.
  func rest(_ length: Duration) async {
    guard length > .zero, !stop.isOn else { return }
    let sleep = world.sleep
    try? await stop.cancelling { try await sleep(length) }
  }

  /// How long a wait is that the planner asks for; drawn anew each time.
  func length(of wait: Wait) -> Duration {
    var dice = world.dice
    switch wait {
    case .none: return .zero
    case .poll(let number): return settings.polls.pause(before: number, using: &dice)
    case .retry(let number, let least):
      return max(settings.retries.pause(before: number, using: &dice), least ?? .zero)
    }
  }

  /// Claims the image store for a file on its way in, trying again while an import or a check holds it.
  /// It blocks no thread, so that time limits and a clean stop go on meanwhile.
  ///
  /// - Returns: nil if the run is to stop.
  /// - Throws: `LibraryError`.
  func claimStore() async throws -> Claim? {
    var pause: Duration = .milliseconds(5)
    while true {
      if let claim = try library.tryClaimStore(for: .adding) { return claim }
      guard !stop.isOn else { return nil }
      await rest(pause)
      pause = min(pause * 2, .milliseconds(250))
    }
  }
}
