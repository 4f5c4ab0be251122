import Testing

@testable import SeedbankProviders

@Suite("Limits of services")
struct ServiceLimitTests {
  @Test(
    "a group with reference images has the limits of its service",
    arguments: [
      ("openai", "gpt-image-1", 3, 10), ("openai", "gpt-image-1", 16, 10),
      ("fal", "fal-ai/bytedance/seedream/v4/edit", 9, 6),
      ("fal", "fal-ai/bytedance/seedream/v4/edit", 10, 5), ("ark", "seedream-4-0-250828", 5, 10),
      ("replicate", "bytedance/seedream-4", 10, 5),
    ])
  func groups(_ kind: String, _ model: String, _ references: Int, _ group: Int) throws {
    let service = try #require(ImageServices.of(kind: kind))
    let parameters = RequestParameters(
      model: model,
      references: Array(repeating: .link("https://a.example/1.png"), count: references),
      group: group)
    #expect(try parameters.validate(for: service) == [])
    #expect(service.rules(of: model).largestGroup(references: references) == group)
  }

  @Test("each generation of gpt-image models has its own sizes")
  func imageSizes() throws {
    func isAllowed(_ model: String, _ size: String) throws -> Bool {
      OpenAICompatible().rules(of: model).sizes.allows(try #require(ImageSize(size)))
    }
    for size in ["2048x2048", "1536x864", "3840x2160", "2160x3840", "3840x1280", "1024x1024"] {
      #expect(try isAllowed("gpt-image-2", size), "\(size)")
      #expect(try isAllowed("gpt-image-2.5-2026-09-01", size), "\(size)")
    }
    for size in ["1000x1000", "3856x1600", "3840x3840", "1920x608", "256x256"] {
      #expect(try !isAllowed("gpt-image-2", size), "\(size)")
    }
    for model in ["gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5"] {
      #expect(try isAllowed(model, "1536x1024") && !isAllowed(model, "2048x2048"), "\(model)")
    }
    #expect(
      OpenAICompatible().rules(of: "gpt-image-2").sizes.description
        == "WxH of 655360 to 8294400 pixels, sides a multiple of 16 up to 3840, ratio 1:3 to 3:1")
    // The sizes of a later generation are not known. It has no seed, as the earlier ones.
    let later = RequestParameters(model: "gpt-image-3", size: ImageSize("5000x5000"))
    #expect(try later.validate(for: OpenAICompatible()) == [.unknownModel("gpt-image-3")])
    #expect(!OpenAICompatible().rules(of: "gpt-image-3").takesSeed)
  }
}
