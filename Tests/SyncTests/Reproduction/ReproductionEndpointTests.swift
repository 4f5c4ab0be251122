import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A reproduction with another model or at another provider")
struct ReproductionEndpointTests {
  /// A change of the model that changes the endpoint of the request.
  struct ModelChange: Sendable, CustomTestStringConvertible {
    let kind: String
    let parameters: RequestParameters
    let changes: [RequestChange]
    let endpoint: String

    var testDescription: String { "\(kind), \(parameters.model ?? "no model") → \(endpoint)" }
  }

  private static let fal4 = "fal-ai/bytedance/seedream/v4/text-to-image"
  private static let fal45 = "fal-ai/bytedance/seedream/v4.5/text-to-image"

  static let modelChanges: [ModelChange] = [
    ModelChange(
      kind: "fal", parameters: RequestParameters(model: fal4, size: .preset(.two), seed: 7),
      changes: [.model(fal45)], endpoint: "/" + fal45),
    ModelChange(
      kind: "replicate",
      parameters: RequestParameters(model: "bytedance/seedream-4", size: .preset(.two)),
      changes: [.model("bytedance/seedream-4.5")],
      endpoint: "/v1/models/bytedance/seedream-4.5/predictions"),
    ModelChange(
      kind: "pixazo",
      parameters: RequestParameters(model: "seedream-5-lite", size: .preset(.two), seed: 7),
      changes: [.model("seedream-5-pro")], endpoint: "/seedream-5-pro/v1/text-to-image"),
    ModelChange(
      kind: "pixazo",
      parameters: RequestParameters(size: .pixels(width: 512, height: 512), seed: 7),
      changes: [.model("seedream-5-lite"), .size(.preset(.two))],
      endpoint: "/seedream-5-lite/v1/text-to-image"),
    ModelChange(
      kind: "pixazo",
      parameters: RequestParameters(model: "seedream-5-lite", size: .preset(.two), seed: 7),
      changes: [.model("seedream-4-0-250828")], endpoint: EncodedRequest.standardEndpoint),
  ]

  private func recorded(
    _ kind: String, _ parameters: RequestParameters, in bench: Workbench
  ) throws -> Generation {
    var dice = SystemRandomNumberGenerator()
    let template = RequestTemplate(parameters: parameters, provider: try .named(kind))
    let id = try bench.library.record(
      template.drafts(
        for: PromptEntry(line: 1, prompt: "a lighthouse"), at: Workbench.now(), using: &dice))[0]
    return try #require(try bench.library.generation(id))
  }

  private func reproduction(
    of original: Generation, at kind: String, _ changes: [RequestChange], in bench: Workbench
  ) throws -> (cell: ReproductionPlan.Cell, draft: GenerationDraft) {
    var dice = SystemRandomNumberGenerator()
    let plan = try ReproductionPlan(
      of: original, recorded: bench.library.requestBody(of: original.id), provider: .named(kind))
    let cell = try plan.cell(changes, using: &dice)
    return (cell, try plan.draft(cell, tags: [], at: Workbench.now(), using: &dice))
  }

  @Test("is sent to the endpoint of the new model", arguments: modelChanges)
  func newModel(_ change: ModelChange) async throws {
    try await Workbench.with { bench in
      let original = try recorded(change.kind, change.parameters, in: bench)
      let draft = try reproduction(
        of: original, at: change.kind, change.changes, in: bench
      ).draft
      #expect(draft.provider.endpoint == change.endpoint)
      #expect(change.changes.contains(.model(draft.parameters.model)))
    }
  }

  @Test("leaves out the parameters that another endpoint does not take")
  func otherFields() async throws {
    try await Workbench.with { bench in
      let original = try recorded(
        "pixazo",
        RequestParameters(
          size: .pixels(width: 512, height: 512), seed: 7, guidanceScale: 2.5, watermark: false),
        in: bench)
      let (cell, draft) = try reproduction(
        of: original, at: "pixazo", [.model("seedream-5-lite"), .size(.preset(.two))], in: bench)
      #expect(cell.leftOut == [.guidanceScale, .watermark])
      #expect(
        String(decoding: draft.requestBody ?? [], as: UTF8.self)
          == #"{"prompt":"a lighthouse","size":"2K","seed":7}"#)
    }
  }

  @Test("does not record a value that the service ignores as sent")
  func ignored() async throws {
    try await Workbench.with { bench in
      let original = try recorded(
        "fal", RequestParameters(model: Self.fal4, size: .preset(.two), seed: 7), in: bench)
      let draft = try reproduction(
        of: original, at: "fal", [.watermark(true), .seed(8)], in: bench
      ).draft
      #expect(draft.parameters.watermark == nil && draft.parameters.seed == 8)
      #expect(draft.parentChange == #"{"seed":8,"watermark":null}"#)
    }
  }

  @Test("is not replaced by the existing image of another model or provider")
  func reuse() async throws {
    try await Workbench.with { bench in
      var dice = SystemRandomNumberGenerator()
      let original = try recorded(
        "fal", RequestParameters(model: Self.fal4, size: .preset(.two), seed: 7), in: bench)
      func newRequests(_ provider: RequestProvider, _ changes: [RequestChange]) throws -> Int {
        let plan = try ReproductionPlan(
          of: original, recorded: bench.library.requestBody(of: original.id), provider: provider)
        return try ReproductionBatch(
          of: original, plan, through: VariationGrid(fixed: changes, axes: [], seeds: []),
          isSeedChosen: false, isReusing: true, in: bench.library, tags: [], at: Workbench.now(),
          using: &dice
        ).drafts.count
      }
      let same = try RequestProvider.named("fal")
      let other = RequestProvider(name: "other", service: same.service, base: nil)
      #expect(try newRequests(same, []) == 0)
      #expect(try newRequests(same, [.model(Self.fal45)]) == 1)
      #expect(try newRequests(other, []) == 1)
    }
  }
}
