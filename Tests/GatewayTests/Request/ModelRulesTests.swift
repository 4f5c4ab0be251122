import Testing

@testable import SeedbankProviders

@Suite("Rules by model")
struct ModelRulesTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let model: String?
    let sizes: [String]
    let badSizes: [String]
    let guidance: [Double]
    let badGuidance: [Double]
    let seed: ModelRules.SeedHandling

    var testDescription: String { model ?? "no model" }
  }

  static let rows = [
    Row(
      model: nil, sizes: ["1024x1024"], badSizes: ["2K", "256x256"], guidance: [2.5],
      badGuidance: [0], seed: .documented),
    Row(
      model: "seedream-3-0-t2i-250415",
      sizes: ["512x512", "2048x2048", "512x2048", "1512x648", "1024X1024"],
      badSizes: ["511x512", "2049x1024", "1K", "2K"], guidance: [1, 2.5, 10],
      badGuidance: [0.99, 10.01, -1, .infinity, .nan], seed: .documented),
    Row(
      model: "seedream-4-0-250828", sizes: ["1K", "2k", "4K", "1280x720", "4096x4096", "3840x240"],
      badSizes: ["1.5K", "3K", "1279x720", "4097x4096", "16000x900"], guidance: [],
      badGuidance: [2.5], seed: .disputed),
    Row(
      model: "doubao-seedream-4-0-250828", sizes: ["1K"], badSizes: ["3K"], guidance: [],
      badGuidance: [2.5], seed: .disputed),
    Row(
      model: "seedream-4-5-251128", sizes: ["2K", "4K", "2560x1440"], badSizes: ["1K", "1280x720"],
      guidance: [], badGuidance: [1], seed: .disputed),
    Row(
      model: "seedream-5-0-260128", sizes: ["1K", "1.5K", "2K", "3K", "4K", "100x100"],
      badSizes: [],
      guidance: [], badGuidance: [1], seed: .disputed),
    Row(
      model: "ep-20250901-abc", sizes: ["1K", "7x9"], badSizes: [], guidance: [0.1, 99],
      badGuidance: [.nan, .infinity], seed: .unknown),
  ]

  private func parameters(
    _ row: Row, size: String? = nil, seed: Int? = nil, guidance: Double? = nil
  ) -> RequestParameters {
    RequestParameters(
      model: row.model, size: size.flatMap { ImageSize($0) }, seed: seed, guidanceScale: guidance)
  }

  @Test("reference images have limits of bytes, pixels and sides")
  func references() throws {
    let rule = Ark().rules(of: "seedream-4-0-250828").references
    try rule.check(bytes: 30 << 20, position: 1)
    try rule.check(width: 6000, height: 6000, position: 1)
    try rule.check(width: 15, height: 15, position: 1)
    // The size of an image that cannot be decoded is not known.
    try rule.check(width: 0, height: 0, position: 1)
    #expect(
      throws: RequestError.referenceTooLarge(
        position: 2, bytes: (30 << 20) + 1, allowed: 30 << 20)
    ) { try rule.check(bytes: (30 << 20) + 1, position: 2) }
    #expect(
      throws: RequestError.referenceTooManyPixels(
        position: 2, .pixels(width: 6001, height: 6000), allowed: 36_000_000)
    ) { try rule.check(width: 6001, height: 6000, position: 2) }
    #expect(
      throws: RequestError.referenceTooSmall(
        position: 2, .pixels(width: 14, height: 600), smallestSide: 15)
    ) { try rule.check(width: 14, height: 600, position: 2) }
  }

  @Test("sizes", arguments: rows)
  func sizes(_ row: Row) throws {
    for size in row.sizes { try parameters(row, size: size).validate() }
    for text in row.badSizes {
      let size = try #require(ImageSize(text))
      let error = RequestError.sizeNotAllowed(
        size, model: row.model, allowed: ModelRules.of(row.model).sizes)
      #expect(throws: error) { try parameters(row, size: text).validate() }
    }
  }

  @Test("guidance", arguments: rows)
  func guidance(_ row: Row) throws {
    for scale in row.guidance { try parameters(row, guidance: scale).validate() }
    for scale in row.badGuidance {
      #expect(throws: RequestError.self) { try parameters(row, guidance: scale).validate() }
    }
  }

  @Test("seeds", arguments: rows)
  func seeds(_ row: Row) throws {
    #expect(ModelRules.of(row.model).seed == row.seed)
    for seed in [0, 42, 2_147_483_647] { try parameters(row, seed: seed).validate() }
    for seed in [-1, 2_147_483_648] {
      #expect(throws: RequestError.seedOutOfRange(seed, allowed: Seed.range)) {
        try parameters(row, seed: seed).validate()
      }
    }
  }

  @Test("only an unknown model gives a warning")
  func warnings() throws {
    #expect(try RequestParameters(model: "ep-1").validate() == [.unknownModel("ep-1")])
    #expect(try RequestParameters(model: "seedream-4-0-250828").validate() == [])
    #expect(try RequestParameters().validate() == [])
    for model in ["", "a b", "a\nb"] {
      #expect(throws: RequestError.badModel) { try RequestParameters(model: model).validate() }
    }
  }

  @Test("the allowed values are described in words")
  func words() {
    #expect(ModelRules.of(nil).sizes.description == "WxH from 512x512 to 2048x2048")
    #expect(
      ModelRules.of("seedream-4-0-1").sizes.description
        == "1K, 2K, 4K or WxH of 921600 to 16777216 pixels, ratio 1:16 to 16:1")
  }

  @Test(
    "texts that are not sizes",
    arguments: [
      "", "x", "1024", "1024x", "x1024", "0x5", "-1x5", "+5x5", "1x2x3", "1024 x 1024",
      "99999999999999999999x1", "70000x2", "5K",
    ])
  func noSize(_ text: String) {
    #expect(ImageSize(text) == nil)
  }

  @Test("recommended sizes are allowed")
  func recommended() {
    let rules = ModelRules.of("seedream-3-0-t2i-250415").sizes
    #expect(rules.recommended.count == 8)
    #expect(rules.recommended.allSatisfy { rules.allows($0) })
  }
}
