import FoundationEssentials
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

/// Work with the gateway as a command does it: its settings, its client, one run, one report.
struct GatewayWork: Sendable {
  let session: Session
  /// The base address that requests are recorded for.
  let address: GatewayAddress
  private let settings: Settings
  private let sync: SyncSettings
  private let gateway: LazyGateway
  let stop = StopSwitch()

  init(_ session: Session, _ options: GatewayOptions) throws {
    self.session = session
    let settings = try Settings(session)
    let sync = try settings.sync(options)
    let client = try settings.client(sync)
    let address = try GatewayAddress(settings.gateway().value)
    self.settings = settings
    self.sync = sync
    self.address = address
    gateway = LazyGateway {
      GatewayClient(
        address: address, key: try APIKey(APIKeySource.read(session, settings)), settings: client,
        now: { Date(timeIntervalSince1970: Clock.now().seconds) })
    }
  }

  /// Looks at the key before anything is recorded that would need it.
  ///
  /// - Throws: `Failure` of status 78.
  func checkKey() throws { _ = try APIKey(APIKeySource.read(session, settings)) }

  /// From now on Ctrl-C ends the work cleanly.
  func listenForStop() {
    let stop = stop
    session.stopRequest().whenRequested { stop.turnOn() }
  }

  /// Runs over the scope to its end; what happens is told by `reporter`.
  ///
  /// - Throws: `LibraryError`, or why there can be no client.
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
      return try await engine.watch(until: stop) { reporter.endRound($0) }
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
      library, gateway: gateway, settings: sync, in: .ofThisProcess,
      onEvent: { reporter.take($0) })
    do {
      let report = try await body(engine)
      reporter.finish()
      let refusal = await gateway.failure
      await gateway.shutdown()
      if let refusal { throw refusal }
      return report
    } catch {
      reporter.finish()
      await gateway.shutdown()
      throw error
    }
  }
}
