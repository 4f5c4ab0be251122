import SeedbankProviders
import SeedbankSync

extension Settings {
  /// The limits and waiting times of a sync: options, then variables, then the config file.
  func sync(_ options: GatewayOptions) throws -> SyncSettings {
    var sync = SyncSettings()
    sync.jobs = try options.jobs ?? concurrency().value
    if let seconds = try options.deadline ?? seconds(.pollDeadline) {
      sync.patience = .seconds(seconds)
    }
    sync.polls = Backoff(
      start: try seconds(.pollStart).map { .seconds($0) } ?? Backoff.polls.start,
      factor: try number(.pollFactor)?.value ?? Backoff.polls.factor,
      cap: try seconds(.pollCap).map { .seconds($0) } ?? Backoff.polls.cap,
      jitter: Backoff.polls.jitter)
    if let seconds = try seconds(.pollGrace) { sync.grace = .seconds(seconds) }
    // A short waiting time for jobs applies to images too, unless there is a setting for images.
    sync.imageGrace = try seconds(.imageGrace).map { .seconds($0) } ?? sync.grace
    sync.budget = try budget()
    sync.maxCost = options.maxCost.flatMap(Self.limit)
    sync.imagePrice = try price()?.cost
    return sync
  }

  /// The client's times, and connections for every worker.
  func client(_ sync: SyncSettings) throws -> GatewaySettings {
    var client = GatewaySettings()
    if let seconds = try seconds(.submitTimeout) { client.submitTimeout = .seconds(seconds) }
    client.connectionsPerHost = sync.connections
    client.network = try network()
    return client
  }

  /// A time in seconds, of at most one week.
  private func seconds(_ setting: Setting) throws -> Double? {
    guard let found = try number(setting) else { return nil }
    guard setting.seconds.contains(found.value) else { throw Self.refusal(setting, found.origin) }
    return found.value
  }
}
