import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("The measured effect of seeds")
struct SeedEffectTests {
  private static let model = "seedream-4-0-250828"

  private func reproduceAtArk(_ id: GenerationID, in bench: Workbench) async throws -> Generation {
    var dice = SystemRandomNumberGenerator()
    let original = try #require(try bench.library.generation(id))
    let plan = try ReproductionPlan(
      of: original, recorded: bench.library.requestBody(of: id),
      provider: .named("ark", base: bench.gateway.url(of: "ark")))
    let draft = try plan.draft(
      plan.cell([], using: &dice), tags: [], at: Workbench.now(), using: &dice)
    let copy = try bench.library.record([draft])[0]
    try await bench.sync()
    return try #require(try bench.library.generation(copy))
  }

  private func measured(in bench: Workbench) throws -> AuditReport.Tally {
    try SeedEffect(model: Self.model, provider: "ark", service: nil, in: bench.library).measured
  }

  @Test("contains only requests that were repeated at the provider of their original")
  func elsewhere() async throws {
    try await Workbench.with(Script(ServiceCase.quick)) { bench in
      let original = try bench.record(
        ServiceCase(
          name: "pixazo", kind: "pixazo",
          parameters: RequestParameters(model: Self.model, size: .preset(.one), seed: 7)))
      try await bench.sync()
      let elsewhere = try await reproduceAtArk(original, in: bench)
      #expect(elsewhere.parentChange == #"{"provider":"ark"}"#)
      #expect(elsewhere.verdict != nil)
      #expect(try measured(in: bench) == AuditReport.Tally([:]))
      let repeated = try await reproduceAtArk(elsewhere.id, in: bench)
      #expect(repeated.parentChange == "{}")
      let counts = try measured(in: bench)
      #expect(counts.identical + counts.near + counts.different == 1)
    }
  }
}
