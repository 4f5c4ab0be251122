public import SeedbankModel
public import SeedbankStorage

/// Continues unfinished generations as far as possible.
public struct SyncEngine: Sendable {
  /// A library whose connection does not wait for locks; see `SyncRun.write`.
  let library: Library
  /// The same library with a connection for reading, which does not wait for writers.
  let reader: Library
  let claims: Claims
  let gateway: LazyGateway
  let settings: SyncSettings
  /// How much the runs of this engine do at the same time.
  let limits: WorkerLimits
  /// What the runs of this engine have spent of ``SyncSettings/maxCost``.
  let spent: SpentCost
  let world: Dependencies
  let onEvent: @Sendable (SyncEvent) -> Void

  /// - Parameters:
  ///   - gateway: the caller shuts it down after the last use of the engine.
  ///   - limits: how much is done at the same time; engines of one command share it. nil: made from the settings.
  ///   - spent: what counts towards ``SyncSettings/maxCost``; engines of one command share it.
  ///   - onEvent: called from many tasks; it must not block.
  /// - Throws: `LibraryError` if the claims of the library cannot be opened.
  public init(
    _ library: Library, gateway: LazyGateway, settings: SyncSettings = SyncSettings(),
    limits: WorkerLimits? = nil, spent: SpentCost = SpentCost(),
    in world: Dependencies, onEvent: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) throws {
    self.library = try library.withoutLockWaits()
    reader = try library.withoutLockWaits()
    claims = try library.claims()
    self.gateway = gateway
    self.settings = settings
    self.limits = limits ?? WorkerLimits(settings)
    self.spent = spent
    self.world = world
    self.onEvent = onEvent
  }

  var catalog: CatalogWriter {
    CatalogWriter(library: library, world: world, patience: settings.lockPatience)
  }

  /// The generations of a run.
  public enum Scope: Sendable {
    /// All unfinished generations.
    case all
    /// These generations in this order. Finished ones are counted too.
    case only([GenerationID])
  }

  /// Runs until all generations in scope are finished or left, or `stop` is turned on.
  ///
  /// - Throws: `LibraryError` if the queue cannot be read.
  public func run(_ scope: Scope, until stop: StopSwitch) async throws -> SyncReport {
    try await withTaskExecutorPreference(WorkerThreads.shared) {
      let run = try SyncRun(self, scope, stop: stop)
      return try await run.feed(scope)
    }
  }
}
