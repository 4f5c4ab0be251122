import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Testing

/// The real binary and a simulated gateway for it.
final class SyncHarness {
  let harness: Harness
  let gateway: SimulatedGateway

  private init(_ harness: Harness, _ gateway: SimulatedGateway) {
    self.harness = harness
    self.gateway = gateway
  }

  static let key = "a-key-that-nobody-must-see-4711"

  /// Runs a test with both and stops the gateway afterwards.
  static func with(
    _ script: Script = Script(), latency: Double = 0, _ body: (SyncHarness) async throws -> Void
  ) async throws {
    let harness = try Harness()
    let gateway = try await SimulatedGateway.start(script: script, key: key, latency: latency)
    harness.environment = [
      "SEEDBANK_GATEWAY": gateway.baseURL, "SEEDBANK_API_KEY": key, "SEEDBANK_POLL_START": "0.01",
      "SEEDBANK_POLL_CAP": "0.05", "SEEDBANK_GENERATE_SIZE": "512x512",
    ]
    let bench = SyncHarness(harness, gateway)
    do { try await body(bench) } catch {
      await gateway.stop()
      throw error
    }
    await gateway.stop()
  }

  /// Adds the gateway's services, except the default one, to the config file as providers.
  func configureProviders() throws {
    var lines = ["providers:"]
    for kind in ["ark", "openai", "fal", "replicate"] {
      lines += ["  \(kind):", "    kind: \(kind)", "    url: \(gateway.url(of: kind))"]
      harness.environment["SEEDBANK_API_KEY_\(kind.uppercased())"] = Self.key
    }
    _ = try harness.write(
      lines.joined(separator: "\n") + "\n", to: ".config/seedbank/config.yaml")
    harness.environment["SEEDBANK_GENERATE_SIZE"] = nil
  }

  /// Runs `seedbank` and waits until it exits, while the gateway in this process answers it.
  @discardableResult
  func run(_ arguments: String...) async throws -> Harness.Outcome { try await run(arguments) }

  @discardableResult
  func run(_ arguments: [String]) async throws -> Harness.Outcome {
    try await harness.start(arguments).end()
  }

  /// Runs `seedbank` as `run` does, and expects status 0.
  @discardableResult
  func succeed(
    _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Harness.Outcome {
    try await succeed(arguments, sourceLocation: sourceLocation)
  }

  @discardableResult
  func succeed(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Harness.Outcome {
    let outcome = try await run(arguments)
    #expect(outcome.status == 0, "\(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs a bash script in which `$SEEDBANK` is the binary.
  @discardableResult
  func shell(_ script: String) async throws -> Harness.Outcome {
    try await harness.startShell(script).end()
  }

  /// A way in which a reply returns an image.
  enum ReplyKind: String, CaseIterable, Sendable {
    case url, base64, job
    /// The reply has the id of a job and the image.
    case both

    var acceptance: Acceptance {
      switch self {
      case .url: Acceptance(style: .url)
      case .base64: Acceptance(style: .base64)
      case .job: Acceptance(style: .job)
      case .both: Acceptance(style: .job, image: true)
      }
    }

    var rule: Rule {
      Rule(
        on: .submit,
        Behaviour(accept: acceptance, job: JobPlan(statuses: ["pending", "succeeded"])))
    }
  }

  func openLibrary() throws -> Library {
    try Library.open(LibraryFolder(path: harness.library.path), for: .reading)
  }

  /// Expects that nothing was lost and nothing was paid twice.
  ///
  /// No intent was charged twice. The image of every charge is in the library, or the outcome of
  /// its generation is unknown. Every file matches its row.
  func expectNothingLost(_ place: SourceLocation = #_sourceLocation) async throws {
    let ledger = await gateway.ledger
    #expect(ledger.paidTwice.isEmpty, sourceLocation: place)
    #expect(ledger.keyLeaks.isEmpty, sourceLocation: place)
    let library = try openLibrary()
    let counts = try library.statusCounts()
    let unfinished = counts.filter { $0.key.isUnfinished }
    #expect(unfinished.isEmpty, "\(counts)", sourceLocation: place)
    let kept = counts[.complete, default: 0] + counts[.unknown, default: 0]
    #expect(ledger.charges.count <= kept, sourceLocation: place)
    #expect(counts[.complete, default: 0] <= ledger.charges.count, sourceLocation: place)
    var id = GenerationID(1)
    while let generation = try library.generation(id) {
      #expect(
        generation.images.isEmpty == (generation.status != .complete), sourceLocation: place)
      for image in generation.images {
        let path = library.folder.absolutePath(of: image)
        #expect(ImageStore.digest(ofFileAt: path) == image.digest, sourceLocation: place)
      }
      id = GenerationID(id.rawValue + 1)
    }
  }
}
