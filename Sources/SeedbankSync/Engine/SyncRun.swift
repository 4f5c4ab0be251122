import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Synchronization

/// One run over a queue, with the state that its workers share.
final class SyncRun: Sendable {
  let library: Library
  /// The same library, for the reads of workers, so that they do not wait for the changes of others.
  private let reader: Library
  let catalog: CatalogWriter
  let claims: Claims
  let gateway: LazyGateway
  let settings: SyncSettings
  let world: Dependencies
  let stop: StopSwitch
  let slots: WorkerSlots
  let hosts: HostSlots
  let decoders: WorkerSlots
  let uploads = UploadedImages()
  let activeGenerations = ActiveGenerations()
  /// Generations whose reply or images still need space on the library's disk.
  let expected = Atomic(0)
  /// The salt for the digests of keys in this run.
  let accountSalt: Digest
  private let spent: SpentCost
  private let queues: Mutex<ProviderQueues>
  /// The providers of all unfinished generations when the run began.
  private let providers: Set<String>
  /// Reports when a request has ended, for requests that wait for it.
  private let submitEnded = ChangeNotifier()
  private let report = Mutex(SyncReport())
  private let onEvent: @Sendable (SyncEvent) -> Void

  /// Whether the run is over all generations, not over named ones.
  let isOverEverything: Bool

  init(
    _ engine: SyncEngine, _ scope: SyncEngine.Scope, stop: StopSwitch,
    after outages: [String: QueueState.PriorOutage] = [:], resting: [String: StopReason] = [:]
  ) throws {
    isOverEverything = if case .all = scope { true } else { false }
    library = engine.library
    reader = engine.reader
    catalog = engine.catalog
    claims = engine.claims
    gateway = engine.gateway
    settings = engine.settings
    spent = engine.spent
    world = engine.world
    self.stop = stop
    slots = engine.limits.slots
    hosts = engine.limits.hosts
    decoders = engine.limits.decoders
    queues = Mutex(ProviderQueues(settings, after: outages, resting: resting))
    providers = try engine.library.unfinishedProviders()
    onEvent = engine.onEvent
    var random = world.randomSource
    accountSalt = Digest(of: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
  }

  /// The state of a generation; nil if it does not exist.
  ///
  /// - Throws: `LibraryError`.
  func workItem(_ id: GenerationID) throws -> WorkItem? {
    let item = try reader.workItem(id)
    // The folder may already name a request that is newer than what the reader sees. Only the connection that
    // marks requests can tell whether the library is a copy.
    return item?.status == .held ? try library.workItem(id) : item
  }

  func tell(_ event: SyncEvent) { onEvent(event) }

  /// The report so far, with the reason for the stop.
  func currentReport() -> SyncReport {
    let (stopReason, provider) = queues.withLock { ($0.stopReason, $0.stoppedProvider) }
    return report.withLock { report in
      var copy = report
      copy.stop = stopReason ?? (stop.isOn ? .interrupted : nil)
      copy.stopProvider = provider
      return copy
    }
  }

  /// Why all work ended, and why the work for single providers ended.
  var stops: (all: StopReason?, providers: [String: StopReason]) {
    queues.withLock { ($0.halt, $0.stopReasons) }
  }

  func count(
    _ status: Status, of id: GenerationID, _ failure: RecordedFailure?, number: Int = 1
  ) {
    report.withLock { $0.add(status, of: id, failure, number: number) }
  }

  func countElsewhere() { report.withLock { $0.elsewhere += 1 } }

  /// Counts the generations that were not started.
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

  /// Counts a request towards the limit of the command.
  ///
  /// - Throws: `BudgetError` if the limit would be exceeded.
  func addCost(_ price: Cost?, model: String?) throws(BudgetError) {
    guard let limit = settings.maxCost else { return }
    guard let price else { throw .unknownPrice(model: model) }
    try spent.add(price, within: limit)
  }

  /// Removes the amount of a request that is not charged.
  func removeCost(_ price: Cost?) {
    guard settings.maxCost != nil, let price else { return }
    spent.remove(price)
  }

  // MARK: Pace

  /// Waits until a call is allowed.
  ///
  /// Returns the reason if no more calls are allowed.
  ///
  /// An allowed submit counts as running until `endSubmit` is called.
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
        // Not all calls start at the same instant after a pause.
        var randomSource = world.randomSource
        let stagger = Double.random(in: 0...0.1, using: &randomSource)
        await rest(length + min(length * stagger, .seconds(2)))
      }
    }
  }

  /// Ends an allowed submit after its signal was noted.
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
    var randomSource = world.randomSource
    let change = queues.withLock { queues in
      queues[provider].note(signal, of: call, startedAt: startedAt, at: world.moment) {
        settings.retries.pause(before: $0, using: &randomSource)
      }
    }
    announce(change, for: provider)
  }

  func halt(_ reason: StopReason) {
    announce(queues.withLock { $0.haltAll(reason) }, for: nil)
  }

  /// Ends all work because this computer or the library fails.
  func halt(dueTo error: any Error) {
    let known = error as? LibraryError
    halt(.local(known ?? .catalog(path: library.folder.catalog, detail: "\(error)")))
  }

  /// Ends the work for one provider.
  ///
  /// The work for others continues.
  func halt(_ provider: String, _ reason: StopReason) {
    announce(queues.withLock { $0[provider].haltAll(reason) }, for: provider)
  }

  /// - Parameter provider: The provider whose calls are concerned; nil for all.
  private func announce(_ change: QueueState.Change?, for provider: String?) {
    switch change {
    case .paused(let reason, let length):
      tell(.paused(reason, seconds: length.inSeconds, provider: provider))
    case .stopped(let reason): tell(.stopped(reason, provider: provider))
    case nil: break
    }
  }

  /// Sleeps until the time is over or the run is stopped.
  func rest(_ length: Duration) async {
    guard length > .zero, !stop.isOn else { return }
    let sleep = world.sleep
    try? await stop.cancelling { try await sleep(length) }
  }

  /// The length of a wait, with a new random part each time.
  func length(of wait: Wait) -> Duration {
    var randomSource = world.randomSource
    switch wait {
    case .none: return .zero
    case .poll(let number): return settings.polls.pause(before: number, using: &randomSource)
    case .retry(let number, let least):
      return max(settings.retries.pause(before: number, using: &randomSource), least ?? .zero)
    }
  }

  /// Claims the image store for a new file.
  ///
  /// While an import or a check holds it, time limits and stops still work.
  ///
  /// - Returns: nil if the run is to stop.
  /// - Throws: `LibraryError`.
  func claimStore() async throws -> Claim? {
    try await library.claimStore(for: .adding, pausing: rest) { stop.isOn }
  }
}
