import FoundationEssentials
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

/// The work of a command with the gateway: settings, client, one run, one report.
struct GatewayWork: Sendable {
  let session: Session
  /// The provider that new requests are recorded for.
  let provider: RequestProvider
  /// The name of the provider that the user chose; nil for none.
  private let chosen: String?
  private let settings: Settings
  private let sync: SyncSettings
  private let limits: WorkerLimits
  private let spent: SpentCost
  private let gateway: LazyGateway
  let stop = StopSwitch()
  private let underWay = RequestsUnderWay()

  /// - Parameters:
  ///   - chosen: The name of the provider, if one is chosen.
  ///   - original: A generation whose recorded provider is used if none is chosen.
  ///   - limits: How much is done at the same time; all work of one command shares it. nil: made from the settings.
  ///   - spent: What counts towards `--max-cost`; all work of one command shares it.
  init(
    _ session: Session, _ options: GatewayOptions, provider chosen: String? = nil,
    of original: Generation? = nil, limits: WorkerLimits? = nil, spent: SpentCost = SpentCost()
  ) throws {
    self.session = session
    self.spent = spent
    let settings = try Settings(session)
    let sync = try settings.sync(options)
    let client = try settings.client(sync)
    self.settings = settings
    self.sync = sync
    self.limits = limits ?? WorkerLimits(sync)
    self.chosen = chosen
    provider = try Self.provider(chosen, of: original, settings)
    gateway = LazyGateway { name in
      let provider = try settings.provider(name)
      return GatewayClient(
        service: provider.service, address: provider.address,
        key: try APIKey(APIKeySource.read(for: name, session, settings)), settings: client,
        now: { Date(timeIntervalSince1970: Clock.now().seconds) })
    }
  }

  private static func provider(
    _ chosen: String?, of original: Generation?, _ settings: Settings
  ) throws -> RequestProvider {
    guard chosen == nil, let recorded = original?.providerName else {
      return try settings.provider(chosen: chosen).request
    }
    return try settings.provider(recorded).request
  }

  /// The provider for a reproduction: the chosen one, or else that of the original.
  ///
  /// - Throws: `Failure` of status 78 if it is not configured.
  func provider(for original: Generation) throws -> RequestProvider {
    try Self.provider(chosen, of: original, settings)
  }

  /// Downloads reference images.
  ///
  /// It needs no key, because none is sent.
  func withDownloader<Value>(
    _ body: (ImageDownloader) async throws -> Value
  ) async throws -> Value {
    let isLoopback = provider.base.flatMap { try? GatewayAddress($0) }?.isLoopback ?? false
    let downloader = ImageDownloader(
      settings: try settings.client(sync), allowsLoopback: isLoopback,
      now: { Date(timeIntervalSince1970: Clock.now().seconds) })
    do {
      let value = try await body(downloader)
      await downloader.shutdown()
      return value
    } catch {
      await downloader.shutdown()
      throw error
    }
  }

  /// Checks the key before a request that needs it is recorded.
  ///
  /// - Throws: `Failure` of status 78.
  func checkKey() throws { try checkKey(of: provider.name) }

  /// Checks the keys of all providers of the requests.
  ///
  /// - Throws: `Failure` of status 78.
  func checkKeys(of drafts: [GenerationDraft]) throws {
    for name in Set(drafts.map { $0.provider.name ?? provider.name }).sorted() {
      try checkKey(of: name)
    }
  }

  private func checkKey(of name: String) throws {
    _ = try APIKey(APIKeySource.read(for: name, session, settings))
  }

  /// Makes Ctrl-C stop the work cleanly.
  func listenForStop() {
    let (stop, underWay) = (stop, underWay)
    session.stopRequest(waitingFor: underWay.isEmpty ? .nothing : .requests)
      .whenRequested { stop.turnOn() }
  }

  /// Runs what precedes the recording of requests, and cancels it when the work is stopped.
  ///
  /// A request that is recorded after a stop would be sent and paid for by the next sync.
  ///
  /// - Throws: What `body` throws; `Failure` of status 75 after a stop.
  func beforeRecording<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    do {
      let value = try await stop.cancelling(body)
      if !stop.isOn { return value }
    } catch {
      if !stop.isOn { throw error }
    }
    throw Failure(
      .tryAgain, "stopped before the request was recorded",
      hint: "nothing was recorded; run the same command again")
  }

  /// Runs over the scope to its end.
  ///
  /// `reporter` prints the events.
  ///
  /// - Throws: `LibraryError`, or the reason why a client cannot be created.
  func run(
    _ library: Library, _ scope: SyncEngine.Scope, _ reporter: SyncReporter,
    retry: RetryChoice = RetryChoice()
  ) async throws -> SyncReport {
    try await withEngine(library, reporter) { engine in
      try await requeue(scope, retry, engine, reporter)
      return try await engine.run(scope, until: stop)
    }
  }

  /// Runs until it is stopped.
  func watch(
    _ library: Library, _ reporter: SyncReporter, retry: RetryChoice
  ) async throws -> SyncReport {
    try await withEngine(library, reporter) { engine in
      try await requeue(.all, retry, engine, reporter)
      return try await engine.watch(until: stop, newRequestsFor: provider.name) {
        reporter.endRound($0)
      }
    }
  }

  private func requeue(
    _ scope: SyncEngine.Scope, _ retry: RetryChoice, _ engine: SyncEngine, _ reporter: SyncReporter
  ) async throws {
    if retry.unknown { reporter.expect(try await engine.retryUnknown(scope)) }
    if retry.lost { reporter.expect(try await engine.retryLost(scope)) }
  }

  private func withEngine(
    _ library: Library, _ reporter: SyncReporter,
    _ body: (SyncEngine) async throws -> SyncReport
  ) async throws -> SyncReport {
    let engine = try SyncEngine(
      library, gateway: gateway, settings: sync, limits: limits, spent: spent, in: .ofThisProcess,
      onEvent: { [underWay] event in
        underWay.take(event)
        reporter.take(event)
      })
    do {
      let report = try await body(engine)
      await reporter.finish()
      let (refusals, hasClient) = await (gateway.failures, gateway.hasClient)
      await gateway.shutdown()
      // If other providers could be used, the report contains them.
      if !hasClient, refusals.count == 1, let refusal = refusals.first?.value { throw refusal }
      for name in refusals.keys.sorted() {
        if let refusal = refusals[name] { session.talk.report(Failure(refusal)) }
      }
      return report
    } catch {
      await reporter.finish()
      await gateway.shutdown()
      throw error
    }
  }
}
