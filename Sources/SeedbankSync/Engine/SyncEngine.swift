public import SeedbankModel
public import SeedbankStorage

/// Carries unfinished generations as far as they go.
public struct SyncEngine: Sendable {
  /// With a connection that does not wait for locks; see `SyncRun.write`.
  let library: Library
  let claims: Claims
  let gateway: LazyGateway
  let settings: SyncSettings
  let world: Dependencies
  let onEvent: @Sendable (SyncEvent) -> Void

  /// - Parameters:
  ///   - gateway: shut down by the caller when the engine is done with.
  ///   - onEvent: called from many tasks; it must not block.
  /// - Throws: `LibraryError` where the library's claims can't be opened.
  public init(
    _ library: Library, gateway: LazyGateway, settings: SyncSettings = SyncSettings(),
    in world: Dependencies, onEvent: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) throws {
    self.library = try library.withoutLockWaits()
    claims = try library.claims()
    self.gateway = gateway
    self.settings = settings
    self.world = world
    self.onEvent = onEvent
  }

  var catalog: CatalogWriter {
    CatalogWriter(library: library, world: world, patience: settings.lockPatience)
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
    try await withTaskExecutorPreference(WorkerThreads.shared) {
      let run = try SyncRun(self, scope, stop: stop)
      return try await run.feed(scope)
    }
  }
}
