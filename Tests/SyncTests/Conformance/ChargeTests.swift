import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("The cost of a request")
struct ChargeTests {
  private struct Result {
    let generation: Generation
    let spent: Int64
  }

  /// Syncs one request and returns what was recorded and what counts in budgets, in cents.
  private func sync(
    _ name: String, _ behaviour: Behaviour, _ settings: SyncSettings = Workbench.quick
  ) async throws -> Result {
    let service = try #require(ServiceCase.all.first { $0.name == name })
    let rule = Rule(on: .submit, behaviour)
    return try await Workbench.with(Script([rule] + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      #expect(try bench.library.generation(id)?.provider.cost?.isEstimated == true)
      try await bench.sync(settings)
      let start = Timestamp(milliseconds: 0)
      return Result(
        generation: try #require(try bench.library.generation(id)),
        spent: try bench.library.spending(today: start, month: start, currency: "USD")
          .cost.microunits / 10_000)
    }
  }

  @Test(
    "of a failed job is nothing, unless the service charges for jobs that end like this",
    arguments: [
      ("replicate", "failed", 0), ("replicate", "aborted", 0), ("replicate", "canceled", 3),
      ("fal", "failed", 0),
    ])
  func failedJob(_ name: String, _ status: String, _ cents: Int64) async throws {
    let result = try await sync(name, Behaviour(job: JobPlan(statuses: ["pending", status])))
    #expect(result.generation.status == .failed)
    #expect(result.spent == cents)
    #expect(result.generation.provider.cost?.amount.microunits == (cents > 0 ? 30_000 : nil))
    let message = result.generation.failure?.message ?? ""
    #expect(message.contains("may have been charged") == (cents > 0), "\(message)")
  }

  @Test("of a group counts all images that were made, although its job ended before their download")
  func partialGroup() async throws {
    let service = ServiceCase(
      name: "replicate", kind: "replicate",
      parameters: RequestParameters(
        model: "bytedance/seedream-4", size: .preset(.two), group: 6), isQueue: true)
    let rules = [
      Rule(on: .submit, Behaviour(accept: Acceptance(count: 4))),
      Rule(on: .download, nth: 2, Behaviour(refusal: .storageExpired)),
      // The job is polled for a new link.
      Rule(on: .poll, from: 3, Behaviour(job: GatewaySimulator.JobPlan(statuses: ["failed"]))),
    ]
    try await Workbench.with(Script(rules + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      try await bench.sync()
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete && generation.isPartial)
      #expect(generation.images.map(\.position) == [1])
      let start = Timestamp(milliseconds: 0)
      let spent = try bench.library.spending(today: start, month: start, currency: "USD")
      #expect(spent.images == 4 && spent.cost.microunits == 120_000)
    }
  }

  @Test("of a job that ends without an image counts, because it may have been charged")
  func withoutImage() async throws {
    let result = try await sync("fal", Behaviour(job: JobPlan(images: false)))
    #expect(result.generation.status == .failed && result.spent == 3)
    #expect(result.generation.provider.cost != nil)
  }

  @Test(
    "of a refused request is nothing, and of an unknown outcome the estimate",
    arguments: ["ark", "fal", "replicate"])
  func refused(_ name: String) async throws {
    let refused = try await sync(name, Behaviour(refusal: .badRequestMaker))
    #expect(refused.generation.status == .failed && refused.spent == 0)
    #expect(refused.generation.provider.cost == nil)
    let unknown = try await sync(name, Behaviour(refusal: .serverError))
    #expect(unknown.generation.status == .unknown && unknown.spent == 3)
    #expect(unknown.generation.provider.cost?.amount.microunits == 30_000)
  }

  @Test("without a price in the table is that of the settings, also if no image arrives")
  func priceOfSettings() async throws {
    let price = Cost(amount: MoneyAmount(microunits: 30_000), currency: "USD", isEstimated: true)
    for (rule, status) in [
      (Rule(on: .submit, Behaviour(refusal: .serverError)), Status.unknown),
      (Rule(on: .download, Behaviour(refusal: .storageNoSuchKey)), Status.lost),
    ] {
      try await Workbench.with(Script([rule])) { bench in
        let id = try bench.record()[0]
        #expect(try bench.library.generation(id)?.provider.cost == nil)
        var settings = Workbench.quick
        settings.imagePrice = price
        try await bench.sync(settings)
        let generation = try #require(try bench.library.generation(id))
        #expect(generation.status == status && generation.provider.cost == price)
        let start = Timestamp(milliseconds: 0)
        let spent = try bench.library.spending(today: start, month: start, currency: "USD")
        #expect(spent.cost == price.amount)
        #expect(try bench.library.statistics().cost == ["USD": price.amount])
      }
    }
  }

  @Test(
    "is recorded with messages that name the provider, not the default one",
    arguments: ["ark", "openai", "fal", "replicate", "cog"])
  func names(_ name: String) async throws {
    for refusal in [GatewaySimulator.Refusal.badRequest, .serverError, .pageBadRequest] {
      let service = try #require(ServiceCase.all.first { $0.name == name })
      let rule = Rule(on: .submit, Behaviour(refusal: refusal))
      try await Workbench.with(Script([rule] + ServiceCase.quick)) { bench in
        let id = try bench.record(service)
        try await bench.sync()
        let message = try bench.library.generation(id)?.failure?.message
        let timeline = try bench.library.timeline(of: id).compactMap(\.detail)
        let said = (timeline + [message ?? ""]).joined(separator: "\n")
        #expect(said.contains("the provider '\(service.kind)'"), "\(said)")
        #expect(!said.contains("the gateway"), "\(said)")
      }
    }
  }
}
