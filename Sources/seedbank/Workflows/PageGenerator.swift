import ArgumentParser
import Platform
import SeedbankModel
import SeedbankProviders
import SeedbankQuery
import SeedbankStorage
import SeedbankSync
import SeedbankWeb
import Synchronization

/// Sends the requests of the live page, up to the allowed number of images.
final class PageGenerator: ImageGenerator {
  private let session: Session
  private let libraries: LibraryPool
  private let settings: Settings
  private let gateway: GatewayOptions
  private let allowance: Mutex<ImageAllowance>
  /// All requests of the page share the limits of `--jobs` and `--max-cost`.
  private let limits: WorkerLimits
  private let spent = SpentCost()
  private let running = BackgroundSync()

  /// - Parameters:
  ///   - folder: the folder of the library of the server.
  ///   - budget: the number of images that the page may request.
  /// - Throws: a `Failure` if there is no usable key or configuration, `LibraryError`.
  init(
    _ session: Session, _ folder: LibraryFolder, _ gateway: GatewayOptions, budget: Int
  ) throws {
    self.session = session
    self.gateway = gateway
    settings = try Settings(session)
    libraries = try LibraryPool { try session.openLibrary(folder, for: .writing) }
    limits = try WorkerLimits(settings.sync(gateway))
    allowance = Mutex(ImageAllowance(budget))
    try GatewayWork(session, gateway).checkKey()
  }

  var abilities: GenerationAbilities {
    let standard = try? settings.string(.model)?.value
    let used = (try? libraries.use { try $0.values(of: .model).map(\.value) }) ?? []
    var names: [String] = []
    for name in [standard].compactMap(\.self) + used.prefix(50) where !names.contains(name) {
      names.append(name)
    }
    let service: any ImageService =
      (try? settings.provider(chosen: nil).service) ?? RequestProvider.standard.service
    let models = names.map { name in
      let rules = service.rules(of: name)
      return GenerationAbilities.Model(
        name: name,
        sizes: rules.sizes.presets.map(\.rawValue) + rules.sizes.recommended.map(\.description),
        takesSeed: rules.takesSeed, guidance: rules.guidanceRange)
    }
    let allowed = allowance.withLock(\.self)
    let local = LocalTime(now: Clock.now()) { Clock.utcOffset(seconds: $0) }
    let budget = try? libraries.use {
      try allowed.remaining(under: settings.budget(), in: $0, at: local)
    }
    return GenerationAbilities(
      models: models, defaultModel: standard, budget: budget ?? allowed.remaining,
      notice: running.notice)
  }

  func submit(_ order: ImageOrder) throws -> RecordedOrder {
    do {
      return try libraries.use { try submit(order, to: $0) }
    } catch let error as LibraryError {
      throw error
    } catch let error as PageGenerationError {
      throw error
    } catch {
      throw PageGenerationError.refused(Failure(error))
    }
  }

  private func submit(_ order: ImageOrder, to library: Library) throws -> RecordedOrder {
    let original = try order.reproduces.map { id in
      guard let original = try library.generation(id) else {
        throw LibraryError.noSuchGeneration(id)
      }
      return original
    }
    let work = try GatewayWork(session, gateway, of: original, limits: limits, spent: spent)
    // Another provider than at the start, whose key may be missing, can be the one of the original.
    try work.checkKey()
    let recorded = try record(order, of: original, work.provider, in: library)
    running.start(work, library, recorded.ids)
    return recorded
  }

  /// Stops sending.
  ///
  /// The rest waits for the next sync.
  func stop() async { await running.stop() }

  private func record(
    _ order: ImageOrder, of original: Generation?, _ provider: RequestProvider, in library: Library
  ) throws -> RecordedOrder {
    if let prompt = order.prompt { return try record(prompt, order, provider, in: library) }
    guard let original else { throw LibraryError.noSuchGeneration(GenerationID(0)) }
    // The options of the command would refuse it too, but with the help of the command as a hint.
    _ = try order.variations()
    let reproductions = try ReproductionBatch(
      of: original, in: library, ReproductionOptions.parse(order.reproductionArguments),
      tags: order.tags, provider: provider)
    let ids = try spending(ExpectedSpending(reproductions.drafts).images) {
      try reproductions.record(in: library)
    }
    return RecordedOrder(ids, in: reproductions.grid)
  }

  private func record(
    _ prompt: String, _ order: ImageOrder, _ provider: RequestProvider, in library: Library
  ) throws -> RecordedOrder {
    var random = SystemRandomNumberGenerator()
    let parameters = try RequestOptions.parse(order.requestArguments)
      .parameters(settings, for: provider.service)
    let takesSeed = provider.service.rules(of: parameters.model).takesSeed
    let grid = try order.grid(takesSeed: takesSeed, using: &random)
    let template = RequestTemplate(
      parameters: parameters, tags: order.tags, count: takesSeed ? 1 : order.count,
      provider: provider)
    let isSeedChosen = try order.choosesSeed()
    let ids = try spending(grid.count * template.count) {
      let now = Clock.now()
      let drafts = try grid.cells.flatMap { cell in
        // A varied model can be one that takes no seed.
        let changes =
          isSeedChosen ? cell : provider.withoutUnusedSeed(cell, of: parameters.model)
        return try template.drafts(
          for: PromptEntry(line: 1, prompt: prompt, changes: changes), at: now, using: &random)
      }
      return try library.record(drafts)
    }
    return RecordedOrder(ids, in: grid)
  }

  /// Subtracts images from the budget before they are recorded, and adds them again if recording fails.
  private func spending(_ count: Int, _ body: () throws -> [GenerationID]) throws -> [GenerationID]
  {
    let (isTaken, left) = allowance.withLock { ($0.take(count), $0.remaining) }
    guard isTaken else { throw PageGenerationError.overBudget(wanted: count, left: left) }
    do {
      return try body()
    } catch {
      allowance.withLock { $0.giveBack(count) }
      throw error
    }
  }
}

/// Why a page's request is not sent.
enum PageGenerationError: GenerationRefusal, Explainable {
  case overBudget(wanted: Int, left: Int)
  case refused(Failure)

  var isTheServersFault: Bool {
    if case .refused(let failure) = self { failure.status == .notConfigured } else { false }
  }

  var explained: Failure {
    switch self {
    case .overBudget(let wanted, let left):
      Failure(
        .refused,
        "the budget of the server allows \(left) more, but "
          + "\(Count.text(wanted, "image was", "images were")) requested",
        hint: "start `seedbank serve` with a larger --budget")
    case .refused(let failure): failure
    }
  }
}

extension ModelRules {
  fileprivate var guidanceRange: ClosedRange<Double>? {
    if case .accepted(let range, _) = guidance { range } else { nil }
  }
}
