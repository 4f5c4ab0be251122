public import Storage

/// Carries unfinished generations as far as they go.
public struct SyncEngine: Sendable {
  let library: Library
  let claims: Claims
  let gateway: LazyGateway
  let settings: SyncSettings
  let world: Surroundings
  let onEvent: @Sendable (SyncEvent) -> Void

  /// - Parameters:
  ///   - gateway: shut down by the caller when the engine is done with.
  ///   - onEvent: called from many tasks; it must not block.
  /// - Throws: `LibraryError` where the library's claims can't be opened.
  public init(
    _ library: Library, gateway: LazyGateway, settings: SyncSettings = SyncSettings(),
    in world: Surroundings, onEvent: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) throws {
    self.library = library
    claims = try library.claims()
    self.gateway = gateway
    self.settings = settings
    self.world = world
    self.onEvent = onEvent
  }

  /// Which generations a run is about.
  public enum Scope: Sendable {
    /// Everything unfinished.
    case all
    /// These, in this order; those that have come to their end are counted too.
    case only([GenerationID])
  }

  /// Runs until everything in scope is settled or left, or `stop` is turned on.
  ///
  /// - Throws: `LibraryError` where the queue itself can't be read.
  public func run(_ scope: Scope, until stop: StopSwitch) async throws -> SyncReport {
    let run = try SyncRun(self, scope, stop: stop)
    return try await run.feed(scope)
  }

  /// Asks again for what nobody knows the outcome of, at a person's word: it may be paid twice.
  ///
  /// - Returns: how many will be sent again, with their old seeds.
  /// - Throws: `LibraryError`.
  public func retryUnknown(_ scope: Scope) throws -> Int {
    var count = 0
    func retry(_ id: GenerationID) throws {
      guard try library.workItem(id)?.status == .unknown, let claim = try claims.claim(id)
      else { return }
      try library.advance(id, .sendAgain, at: world.now())
      withExtendedLifetime(claim) { count += 1 }
    }
    switch scope {
    case .only(let ids): for id in ids { try retry(id) }
    case .all:
      var cursor = GenerationID(0)
      while true {
        let page = try library.unfinished(in: .unknown, after: cursor, limit: 500)
        for id in page { try retry(id) }
        guard let last = page.last else { break }
        cursor = last
      }
    }
    return count
  }
}
