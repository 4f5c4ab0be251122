import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

/// A way in which a service answers, with a request for it.
struct ServiceCase: Sendable, CustomTestStringConvertible {
  let name: String
  let kind: String
  let parameters: RequestParameters
  /// Whether the reply to a submit contains the id of a job.
  var isQueue = false
  /// Whether images are in the reply as base64.
  var isInline = false

  /// Whether a request can be sent again without a second charge.
  var isRepeatable: Bool { name == "cog" }

  var testDescription: String { name }

  /// The number of images of one request.
  var images: Int { parameters.group ?? 1 }

  /// Those below, and one with the first model of each service that has none there.
  static let all: [ServiceCase] =
    chosen
    + ImageServices.all.filter { service in !chosen.contains { $0.kind == service.kind } }
    .map { service in
      ServiceCase(
        name: service.kind, kind: service.kind,
        parameters: RequestParameters(model: service.models.first?.name),
        isQueue: service.namesJobs)
    }

  private static let chosen: [ServiceCase] = [
    ServiceCase(
      name: "pixazo", kind: "pixazo",
      parameters: RequestParameters(size: .pixels(width: 512, height: 512))),
    ServiceCase(
      name: "pixazo queue", kind: "pixazo",
      parameters: RequestParameters(model: "seedream-5-lite", size: .preset(.two)),
      isQueue: true),
    ServiceCase(
      name: "ark", kind: "ark",
      parameters: RequestParameters(model: "seedream-4-0-250828", size: .preset(.one))),
    ServiceCase(
      name: "ark stream", kind: "ark",
      parameters: RequestParameters(
        model: "seedream-4-0-250828", size: .preset(.one), group: 3)),
    ServiceCase(
      name: "openai", kind: "openai",
      parameters: RequestParameters(
        model: "gpt-image-1", size: .pixels(width: 1024, height: 1024)), isInline: true),
    ServiceCase(
      name: "fal", kind: "fal",
      parameters: RequestParameters(
        model: "fal-ai/bytedance/seedream/v4/text-to-image", size: .preset(.two)), isQueue: true),
    ServiceCase(
      name: "replicate", kind: "replicate",
      parameters: RequestParameters(model: "bytedance/seedream-4", size: .preset(.two)),
      isQueue: true),
    ServiceCase(
      name: "cog", kind: "replicate", parameters: RequestParameters(model: "cog"), isInline: true),
  ]

  /// A rule with small images, which are painted quickly, and with jobs that are pending at the
  /// first poll.
  static let quick = [
    Rule(
      on: .submit,
      Behaviour(
        job: JobPlan(statuses: ["pending", "succeeded"]), picture: Alteration(size: "64x64")))
  ]
}

extension RequestProvider {
  /// A provider that has the name of its kind.
  static func named(_ kind: String, base: String? = nil) throws -> RequestProvider {
    RequestProvider(name: kind, service: try #require(ImageServices.of(kind: kind)), base: base)
  }
}

extension Workbench {
  /// Records a request for a service, which waits to be sent.
  func record(_ service: ServiceCase, _ prompt: String = "a lighthouse") throws -> GenerationID {
    var dice = SystemRandomNumberGenerator()
    let kind = try #require(ImageServices.of(kind: service.kind))
    let template = RequestTemplate(
      parameters: service.parameters,
      provider: try .named(
        service.kind, base: kind.normalizedBase(gateway.url(of: service.kind))))
    return try library.record(
      template.drafts(
        for: PromptEntry(line: 1, prompt: prompt), at: Workbench.now(), using: &dice))[0]
  }

  /// Dependencies whose time passes faster, so that the pauses that a service asks for are short.
  static var hurried: Dependencies {
    let speed = 20
    return Dependencies(
      now: { now() }, uptime: { (ContinuousClock.now - start) * speed },
      sleep: { try await Task.sleep(for: $0 / speed) },
      random: { UInt64.random(in: .min ... .max) })
  }

  /// Repeats short runs until the job of a generation is no longer pending.
  func syncInHurry(
    _ id: GenerationID, client: GatewaySettings = GatewaySettings()
  ) async throws {
    for _ in 0..<60 {
      try await sync(client: client, world: Workbench.hurried)
      if try status(id) != .pending { return }
    }
  }

  /// Lets go of everything that a killed process would: its claims end with it.
  func forgetClaims() throws {
    try FileManager.default.removeItem(atPath: folder + "/claims.lock")
  }
}
