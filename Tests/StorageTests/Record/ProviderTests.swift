import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let now = Timestamp(milliseconds: 1_700_000_000_000)

@Suite("What is recorded about the provider")
struct ProviderTests {
  @Test("is loaded as it was recorded, and a dump carries it to another library")
  func columns() throws {
    var random = SeededGenerator(seed: 17)
    let home = try TemporaryLibrary()
    let other = try TemporaryLibrary()
    for number in 1...50 {
      var draft = draft(number, &random)
      draft.status = .complete
      draft.provider = .random(&random, isArchived: true)
      draft.provider.name = "ark"
      draft.references = [try home.library.plantReference("r\(number)")]
      let recorded = draft.withoutNUL
      let id = try home.library.record([draft])[0]
      let generation = try #require(try home.library.generation(id))
      #expect(generation.provider == recorded.provider)
      #expect(generation.references == recorded.references)
    }
    _ = try other.library.restore(home.library.dumped())
    #expect(try other.library.everything().map(\.withoutMissing) == home.library.everything())
    let restored = try #require(try other.library.generation(GenerationID(1)))
    #expect(restored.provider == (try home.library.generation(GenerationID(1))?.provider))
  }

  @Test("is completed by a step, which leaves other values as they are")
  func steps() throws {
    var random = SeededGenerator(seed: 3)
    let home = try TemporaryLibrary()
    var draft = draft(1, &random)
    let estimate = Cost(
      amount: MoneyAmount(microunits: 30_000), currency: "USD", isEstimated: true,
      priceTable: "2026-09")
    draft.provider = RecordedProvider(
      name: "ark", endpoint: "/api/v3/images/generations", groupSize: 4, cost: estimate)
    let id = try home.library.record([draft])[0]
    try home.library.advance(
      id, .submit(to: "https://ark.example"),
      provider: RecordedProvider(clientRequestID: "r-1", sentDigest: Digest(of: [1])),
      at: now)
    let cost = Cost(
      amount: MoneyAmount(microunits: 60_000), currency: "USD", isEstimated: false)
    try home.library.advance(
      id, .offered(reply: [], jobID: nil, usage: nil),
      provider: RecordedProvider(modelEchoed: "seedream-4-0", seedEchoed: 7, cost: cost),
      at: now)
    let expected = RecordedProvider(
      name: "ark", endpoint: "/api/v3/images/generations", modelEchoed: "seedream-4-0",
      seedEchoed: 7, groupSize: 4, clientRequestID: "r-1", sentDigest: Digest(of: [1]), cost: cost)
    #expect(try home.library.generation(id)?.provider == expected)
    #expect(try home.library.workItem(id)?.provider == expected)
  }

  @Test("of a request in an older dump is the one that existed")
  func olderDump() throws {
    let home = try TemporaryLibrary()
    _ = try home.library.restore(
      """
      {"prompt":"sent","gateway":"https://gateway.example"}
      {"prompt":"imported"}
      """)
    #expect(try home.library.generation(GenerationID(1))?.provider == .original)
    #expect(try home.library.generation(GenerationID(2))?.provider.name == nil)
  }

  @Test("is gained by a merge with a version that knows more")
  func merge() throws {
    var random = SeededGenerator(seed: 5)
    let home = try TemporaryLibrary()
    var draft = draft(1, &random)
    draft.status = .complete
    let id = try home.library.record([draft])[0]
    let generation = try #require(try home.library.generation(id))
    var record = GenerationRecord(generation, folder: home.folder)
    record.provider.seedEchoed = 9
    record.references = [try home.library.plantReference("r")]
    let report = try home.library.restore(record.json)
    #expect(report.merged == 1)
    #expect(try home.library.generation(id)?.provider.seedEchoed == 9)
    #expect(try home.library.generation(id)?.references == record.references)
    #expect(try home.library.restore(record.json).unchanged == 1)
  }

  @Test("is part of the record under the names that scripts use")
  func names() throws {
    var record = GenerationRecord(prompt: "a")
    record.provider = RecordedProvider(
      name: "ark", endpoint: "/api/v3/images/generations", modelEchoed: "m", seedEchoed: 7,
      groupSize: 4,
      cost: Cost(amount: MoneyAmount(microunits: 35_000), currency: "USD", isEstimated: true))
    record.references = [
      ReferenceImage(
        position: 1, role: .mask, digest: Digest(of: []), format: "png", width: 1, height: 2,
        bytes: 3)
    ]
    let digest = Digest(of: []).hex
    #expect(
      record.json.contains(
        #""provider":"ark","endpoint":"/api/v3/images/generations","model_echoed":"m","#
          + #""seed_echoed":7,"group":4,"cost":{"amount":0.035,"currency":"USD","estimated":true},"#
          + #""references":[{"position":1,"role":"mask","sha256":"\#(digest)","#))
    #expect(
      GenerationRecord(prompt: "a").json.contains(
        #""provider":null,"endpoint":null,"model_echoed":null,"seed_echoed":null,"group":null,"#
          + #""cost":null,"references":[]"#))
    let cells = Dictionary(zip(GenerationRecord.columns, record.cells)) { first, _ in first }
    #expect(cells["provider"] == "ark")
    #expect(cells["cost"] == "0.035 USD (estimated)")
    #expect(cells["references"] == digest)
  }

  private func draft(_ number: Int, _ random: inout SeededGenerator) -> GenerationDraft {
    let time = Timestamp(milliseconds: Int64(number))
    return GenerationDraft(
      uid: UID(at: time, using: &random), prompt: "p\(number)", parameters: Parameters(),
      createdAt: time, requestBody: [1])
  }
}

extension Library {
  /// Puts a file into the store and returns a reference to it.
  func plantReference(_ content: String, position: Int = 1) throws -> ReferenceImage {
    let image = try plantImage(content)
    return ReferenceImage(
      position: position, digest: image.digest, format: image.format, width: image.width,
      height: image.height, bytes: image.bytes)
  }
}

extension String {
  /// The JSON of a record, with all files of reference images marked as existing.
  fileprivate var withoutMissing: String {
    replacing("\"missing\":true", with: "\"missing\":false")
  }
}
