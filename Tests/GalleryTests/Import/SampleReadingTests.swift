import Foundation
import SeedbankImaging
import Testing

@testable import SeedbankGallery

/// Tests that compare this reader with what `sd-parsers` reads in its own test images.
@Suite("Comparison with another parser on real files")
struct SampleReadingTests {
  private static let folder: URL? = ProcessInfo.processInfo.environment["SEEDBANK_SAMPLES"].map {
    URL(filePath: $0)
  }

  private static let tools = [
    "AUTOMATIC1111": "a1111", "COMFYUI": "comfyui", "FOOOCUS": "fooocus", "INVOKEAI": "invokeai",
    "NOVELAI": "novelai",
  ]

  @Test(
    "Tool, prompt, negative prompt, seed, steps, guidance and model agree if the other parser found them",
    .enabled(if: folder != nil, "SEEDBANK_SAMPLES does not name a folder of sample files"))
  func agreement() throws {
    let folder = try #require(Self.folder)
    let data = try Data(contentsOf: folder.appending(path: "expected-sd-parsers.json"))
    let readings = try #require(JSONValue(parsing: String(decoding: data, as: UTF8.self))?.members)
    var compared = 0
    for (name, reading) in readings {
      guard let generator = reading["generator"]?.string?.split(separator: ".").last,
        let samplers = reading["samplers"]?.elements
      else { continue }
      let path = name.split(separator: "/").dropFirst(2).joined(separator: "/")
        .replacing("parsers/", with: "")
      let bytes = try Array(Data(contentsOf: folder.appending(path: path)))
      let texts = ImageTexts(try MetadataDocument(bytes).metadata)
      let record = try #require(ForeignRecord.read(texts), "\(path)")
      #expect(record.tool == Self.tools[String(generator)], "\(path)")
      // A graph may have several samplers; the record describes the one that created the saved
      // image.
      let matching = samplers.filter { Self.agree(record, $0) }
      #expect(!matching.isEmpty, "\(path): \(record)")
      compared += 1
    }
    #expect(compared >= 11)
  }

  private static func agree(_ record: ForeignRecord, _ sampler: JSONValue) -> Bool {
    let values = sampler["parameters"]
    let seed = (values?["seed"] ?? values?["noise_seed"])?.seed
    let steps = values?["steps"]?.wholeNumber
    let model = sampler["model"]?["name"]?.string
    let prompts = (sampler["prompts"]?.elements ?? []).compactMap(\.string)
    let negatives = (sampler["negative"]?.elements ?? []).compactMap(\.string)
    let negative = record.settings["negative_prompt"]?.string ?? ""
    return record.seed == seed && record.guidanceScale == values?["cfg_scale"]?.decimal
      && (steps == nil || record.settings["steps"]?.wholeNumber == steps)
      && (model == nil || record.model?.hasPrefix(model ?? "") == true)
      && prompts.allSatisfy { record.prompt.contains($0.trimmingWhitespace) }
      && negatives.allSatisfy { negative.contains($0.trimmingWhitespace) }
  }
}
