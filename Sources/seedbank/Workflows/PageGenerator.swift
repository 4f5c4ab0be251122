import ArgumentParser
import Glibc
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
  private let library: Library
  private let settings: Settings
  private let gateway: GatewayOptions
  /// The number of images that may still be requested.
  private let left: Mutex<Int>
  private let running = RunningWork()

  /// - Throws: a `Failure` if there is no usable key or configuration, `LibraryError`.
  init(_ session: Session, _ gateway: GatewayOptions, budget: Int) throws {
    self.session = session
    self.gateway = gateway
    settings = try Settings(session)
    library = try session.openLibrary(for: .writing)
    left = Mutex(budget)
    try GatewayWork(session, gateway).checkKey()
  }

  var abilities: GenerationAbilities {
    let standard = try? settings.string(.model)?.value
    let used = (try? library.values(of: .model).map(\.value)) ?? []
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
        takesSeed: rules.seed != .unknown, guidance: rules.guidanceRange)
    }
    return GenerationAbilities(
      models: models, defaultModel: standard, budget: left.withLock(\.self))
  }

  func submit(_ order: ImageOrder) throws -> [GenerationID] {
    do {
      let original = try order.reproduces.map { id in
        guard let original = try library.generation(id) else {
          throw LibraryError.noSuchGeneration(id)
        }
        return original
      }
      let work = try GatewayWork(session, gateway, of: original)
      let ids = try record(order, of: original, work.provider)
      running.start(work, library, ids)
      return ids
    } catch let error as LibraryError {
      throw error
    } catch let error as PageGenerationError {
      throw error
    } catch {
      throw PageGenerationError.refused(Failure(error))
    }
  }

  /// Stops sending. The rest waits for the next sync.
  func stop() async { await running.stop() }

  private func record(
    _ order: ImageOrder, of original: Generation?, _ provider: RequestProvider
  ) throws -> [GenerationID] {
    var random = SystemRandomNumberGenerator()
    if let prompt = order.prompt {
      let options = try RequestOptions.parse(order.requestArguments)
      let template = RequestTemplate(
        parameters: try options.parameters(settings), tags: order.tags, count: order.count,
        provider: provider)
      let drafts = try template.drafts(
        for: PromptEntry(line: 1, prompt: prompt), at: Clock.now(), using: &random)
      return try spending(drafts.count) { try library.record(drafts) }
    }
    guard let original else { throw LibraryError.noSuchGeneration(GenerationID(0)) }
    let reproductions = try ReproductionBatch(
      of: original, in: library, ReproductionOptions.parse(order.reproductionArguments),
      tags: order.tags, provider: provider)
    return try spending(reproductions.grid.count) { try reproductions.record(in: library) }
  }

  /// Subtracts images from the budget before they are recorded, and adds them again if recording fails.
  private func spending(_ count: Int, _ body: () throws -> [GenerationID]) throws -> [GenerationID]
  {
    let remaining = left.withLock { left -> Int? in
      guard left >= count else { return left }
      left -= count
      return nil
    }
    if let remaining { throw PageGenerationError.overBudget(wanted: count, left: remaining) }
    do {
      return try body()
    } catch {
      left.withLock { $0 += count }
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
        .refused, "\(wanted) images exceed the budget: \(left) may still be requested",
        hint: "start `seedbank serve` with a larger --budget")
    case .refused(let failure): failure
    }
  }
}

/// Runs of the sync engine that a server has started.
private final class RunningWork: Sendable {
  private struct State {
    var tasks: [Task<Void, Never>] = []
    var works: [GatewayWork] = []
  }

  private let state = Mutex(State())

  func start(_ work: GatewayWork, _ library: Library, _ ids: [GenerationID]) {
    let task = Task {
      // Failures are recorded with each generation, and events report them to the page.
      _ = try? await work.run(
        library, .only(ids), SyncReporter(work.session, label: "generate", total: ids.count))
    }
    state.withLock { state in
      state.tasks.append(task)
      state.works.append(work)
    }
  }

  func stop() async {
    let (tasks, works) = state.withLock { ($0.tasks, $0.works) }
    for work in works { work.stop.turnOn() }
    for task in tasks { await task.value }
  }
}

extension ModelRules {
  fileprivate var guidanceRange: ClosedRange<Double>? {
    if case .accepted(let range, _) = guidance { range } else { nil }
  }
}

extension ImageOrder {
  /// The values as options of `generate`, so that the same code reads and checks both.
  fileprivate var requestArguments: [String] {
    var arguments: [String] = []
    func add(_ name: String, _ value: String?) {
      if let value { arguments.append("--\(name)=\(value)") }
    }
    add("model", model)
    add("size", size)
    add("seed", seed.map { "\($0)" })
    add("guidance-scale", guidanceScale.map { "\($0)" })
    if let watermark { arguments.append(watermark ? "--watermark" : "--no-watermark") }
    return arguments
  }

  /// The changes as options of `reproduce`.
  fileprivate var reproductionArguments: [String] {
    var arguments: [String] = []
    func set(_ field: String, _ value: String?) {
      if let value { arguments.append("--set=\(field)=\(value)") }
    }
    set("model", model)
    set("size", size)
    set("guidance_scale", guidanceScale.map { "\($0)" })
    set("watermark", watermark.map { $0 ? "yes" : "no" })
    if let seed { arguments.append("--seed=\(seed)") }
    if usesNewSeed { arguments.append("--new-seed") }
    if count > 1 { arguments.append("--count=\(count)") }
    return arguments + vary.map { "--vary=\($0)" }
  }
}
