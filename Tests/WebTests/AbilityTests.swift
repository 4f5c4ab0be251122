import SeedbankModel
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankWeb

@Suite("What the page may generate") struct AbilityTests {
  private let generator = CountingGenerator()

  private func allow(_ settings: inout ServerSettings) { settings.generator = generator }

  private func prepare(_ library: Library) throws { try library.add("a cat") }

  @Test("is computed only for the answer that contains it")
  func onDemand() async throws {
    try await TestServer.run(allow, prepare: prepare) { test async throws in
      for target in ["generations", "generations?ids=1", "ids", "facets", "dates"] {
        #expect(try await test.get("/api/\(target)").status == 200, "\(target)")
      }
      #expect(generator.count == 0)
      #expect(try await test.get("/api/library").status == 200)
      #expect(generator.count == 1)
    }
  }
}

/// A generator that counts how often its abilities are asked for.
private final class CountingGenerator: ImageGenerator {
  private let calls = Atomic(0)

  var count: Int { calls.load(ordering: .sequentiallyConsistent) }

  var abilities: GenerationAbilities {
    _ = calls.add(1, ordering: .sequentiallyConsistent)
    return GenerationAbilities(models: [], defaultModel: nil, budget: 20, notice: nil)
  }

  func submit(_ order: ImageOrder) throws -> RecordedOrder {
    RecordedOrder(ids: [GenerationID(1)], axes: [])
  }
}
