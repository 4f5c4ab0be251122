import Foundation
import GatewaySimulator
import SeedbankImaging
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankSync

/// A library in a separate folder, a simulated gateway, and engines that use both.
final class Workbench: Sendable {
  let library: Library
  let gateway: SimulatedGateway
  let folder: String
  private let events = Mutex<[SyncEvent]>([])

  private init(library: Library, gateway: SimulatedGateway, folder: String) {
    self.library = library
    self.gateway = gateway
    self.folder = folder
  }

  /// Runs a test with a library and a gateway, and removes them afterwards.
  static func with<Value>(
    _ script: Script = Script(), latency: Double = 0,
    onStep: @escaping StepObserver = { _ in },
    _ body: (Workbench) async throws -> Value
  ) async throws -> Value {
    let folder = NSTemporaryDirectory() + "sync-\(UUID())"
    let library = try Library.open(
      LibraryFolder(path: folder), for: .creating, onStep: onStep)
    let gateway = try await SimulatedGateway.start(script: script, latency: latency)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = Workbench(library: library, gateway: gateway, folder: folder)
    do {
      let value = try await body(bench)
      await gateway.stop()
      return value
    } catch {
      await gateway.stop()
      throw error
    }
  }

  /// Settings with pauses of milliseconds, so that every kind of pause occurs and none is long.
  static var quick: SyncSettings {
    var settings = SyncSettings()
    let pause = Backoff(start: .milliseconds(5), factor: 1.5, cap: .milliseconds(40))
    settings.polls = pause
    settings.retries = pause
    settings.grace = .milliseconds(60)
    settings.imageGrace = .milliseconds(60)
    settings.patience = .seconds(120)
    settings.diskSpacePerSubmit = 0
    return settings
  }

  /// Records `count` generations that wait to be sent.
  @discardableResult
  func record(
    _ prompt: String = "a lighthouse", count: Int = 1, format: ResponseFormat? = nil,
    seed: Int = 100, gateway base: String? = nil
  ) throws -> [GenerationID] {
    var template = RequestTemplate(
      count: count, provider: .standard.at(base ?? gateway.baseURL))
    template.parameters.size = .pixels(width: 512, height: 512)
    template.parameters.seed = seed
    template.parameters.responseFormat = format
    var randomSource = SystemRandomNumberGenerator()
    let entry = PromptEntry(line: 1, prompt: prompt)
    return try library.record(
      template.drafts(for: entry, at: Workbench.now(), using: &randomSource))
  }

  func lazyGateway(
    base: String? = nil, key: String = SimulatedGateway.defaultKey,
    _ settings: GatewaySettings = GatewaySettings()
  ) -> LazyGateway {
    let gateway = gateway
    return LazyGateway { name in
      let service = ImageServices.of(kind: name) ?? Pixazo()
      return GatewayClient(
        service: service,
        address: try GatewayAddress(service.normalizedBase(base ?? gateway.url(of: name))),
        key: try APIKey(key), settings: settings, now: { Date() })
    }
  }

  /// Runs the engine once for all generations.
  @discardableResult
  func sync(
    _ settings: SyncSettings = Workbench.quick, base: String? = nil,
    key: String = SimulatedGateway.defaultKey, client: GatewaySettings = GatewaySettings(),
    scope: SyncEngine.Scope = .all, stop: StopSwitch = StopSwitch(),
    retryUnknown: Bool = false, retryLost: Bool = false, world: Dependencies = Workbench.world,
    in other: Library? = nil,
    onEvent: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) async throws -> SyncReport {
    let gateway = lazyGateway(base: base, key: key, client)
    let engine = try SyncEngine(
      other ?? library, gateway: gateway, settings: settings, in: world,
      onEvent: { event in
        self.events.withLock { $0.append(event) }
        onEvent(event)
      })
    if retryUnknown { _ = try await engine.retryUnknown(scope) }
    if retryLost { _ = try await engine.retryLost(scope) }
    let report: SyncReport
    do {
      report = try await engine.run(scope, until: stop)
    } catch {
      await gateway.shutdown()
      throw error
    }
    await gateway.shutdown()
    return report
  }

  var seen: [SyncEvent] { events.withLock { $0 } }

  func status(_ id: GenerationID) throws -> Status? { try library.generation(id)?.status }

  func failure(_ id: GenerationID) throws -> String? {
    try library.generation(id)?.failure?.code
  }

  /// Expects what must be true after every run.
  ///
  /// Every row's file exists and matches its digest, no intent was charged twice, and the key was
  /// sent to no other host.
  func expectSound(paidTwice: Bool = false, _ place: SourceLocation = #_sourceLocation) async throws
  {
    var cursor = 1
    while let generation = try library.generation(GenerationID(Int64(cursor))) {
      for image in generation.images {
        let path = library.folder.absolutePath(of: image)
        #expect(ImageStore.digest(ofFileAt: path) == image.digest, sourceLocation: place)
        // A stored file of a kind that cannot be decoded has no size.
        if image.width > 0 {
          #expect((try? Picture.decode(contentsOf: path)) != nil, sourceLocation: place)
        }
      }
      if generation.status == .complete {
        #expect(!generation.images.isEmpty, sourceLocation: place)
      }
      cursor += 1
    }
    let ledger = await gateway.ledger
    if !paidTwice { #expect(ledger.paidTwice.isEmpty, sourceLocation: place) }
    #expect(ledger.keyLeaks.isEmpty, sourceLocation: place)
  }

  static func now() -> Timestamp { Timestamp(seconds: Date().timeIntervalSince1970) }

  static let start = ContinuousClock.now

  static var world: Dependencies {
    Dependencies(
      now: { now() }, uptime: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) },
      random: { UInt64.random(in: .min ... .max) })
  }

  /// Dependencies with a clock that skips every pause.
  static func withoutPauses() -> Dependencies {
    let skipped = Mutex(Duration.zero)
    return Dependencies(
      now: { now() },
      uptime: { ContinuousClock.now - start + skipped.withLock { $0 } },
      sleep: { length in
        skipped.withLock { $0 += length }
        try await Task.sleep(for: .milliseconds(1))
      }, random: { UInt64.random(in: .min ... .max) })
  }
}
