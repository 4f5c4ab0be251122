import SeedbankModel
import TestRandomness
import Testing

@testable import SeedbankGallery

/// Tests of the dialects of A1111's text.
@Suite("A1111's text in all dialects")
struct A1111TextTests {
  private func read(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws
    -> ForeignRecord
  {
    try #require(
      ForeignRecord.read(ImageTexts(chunks: ["parameters": text])), sourceLocation: sourceLocation)
  }

  @Test("unknown values of a tool are left out")
  func placeholders() throws {
    let record = try read(
      """
      a tower
      Negative prompt: people
      Steps: unknown, Sampler: unknown, CFG scale: unknown, Seed: 42, Size: 8x8, Model: m, \
      Version: ComfyUI
      """)
    #expect(record.prompt == "a tower" && record.seed == 42 && record.model == "m")
    #expect(record.settings["negative_prompt"] == .string("people"))
    #expect(record.guidanceScale == nil && record.tool == "comfyui")
    #expect(record.settings["steps"] == nil && record.settings["sampler"] == nil)
  }

  @Test("names are read in any spelling")
  func spellings() throws {
    for pairs in [
      "Steps: 20, Sampler: euler, CFG Scale: 6.5, Seed: 7, Size: 8x8, Model hash: ab, Model: m",
      "steps: 20, sampler: euler, cfg scale: 6.5, seed: 7, size: 8x8, model hash: ab, model: m",
      "Steps: 20, Size: 8x8, Sampler: euler, Seed: 7, CFG scale: 6.5, Model: m, Model hash: ab, "
        + "App: SD.Next, Version: 1c3a8ac, Parser: native, Operations: txt2img; hires",
      "Sampler: euler, Steps: 20, CFG scale: 6.5, Seed: 7, Size: 8x8, Model: m, Model hash: ab",
    ] {
      let record = try read("a harbour\nnegative prompt: people\n" + pairs)
      #expect(record.prompt == "a harbour" && record.seed == 7 && record.model == "m", "\(pairs)")
      #expect(record.guidanceScale == 6.5 && record.settings["steps"] == .integer(20), "\(pairs)")
      #expect(record.settings["sampler"] == .string("euler"), "\(pairs)")
      #expect(record.settings["negative_prompt"] == .string("people"), "\(pairs)")
      #expect(record.settings["model_hash"] == .string("ab"), "\(pairs)")
      #expect(record.settings["size"] == .string("8x8"), "\(pairs)")
    }
  }

  @Test("a text without line feeds is split at its marks")
  func oneLine() throws {
    let record = try read(
      "a tower, Steps: 5 tips Negative prompt: people Steps: 20, Sampler: Euler a, CFG scale: 7, "
        + "Seed: 3, Hires steps: 10, Model: m")
    #expect(record.prompt == "a tower, Steps: 5 tips")
    #expect(record.settings["negative_prompt"] == .string("people"))
    #expect(record.settings["steps"] == .integer(20) && record.seed == 3)
    #expect(record.settings["hires_steps"] == .string("10"))
  }

  @Test("marks within a prompt stay in it")
  func ownWords() throws {
    let record = try read(
      """
      a poster that says Negative prompt: none
      Steps: 3 of a staircase
      a sign, Steps: unknown
      Negative prompt: blur,
      fog: dense

      Steps: 20, Sampler: Euler, Seed: 1
      """)
    #expect(record.prompt.hasSuffix("a sign, Steps: unknown"))
    #expect(record.prompt.hasPrefix("a poster that says Negative prompt: none"))
    #expect(record.settings["negative_prompt"] == .string("blur,\nfog: dense"))
    #expect(record.settings["steps"] == .integer(20))
  }

  @Test("the prompt can be missing, also with a negative prompt")
  func missingPrompts() throws {
    let negative = try read("Negative prompt: blur\nSteps: 20, Sampler: Euler, Seed: 1")
    #expect(negative.prompt.isEmpty && negative.seed == 1)
    #expect(negative.settings["negative_prompt"] == .string("blur"))
    let none = try read("Steps: 20, Sampler: Euler, Seed: 2")
    #expect(none.prompt.isEmpty && none.seed == 2)
  }

  @Test("both prompts without a line of pairs are read, from every place")
  func wordsAlone() throws {
    for texts in [
      ImageTexts(chunks: ["parameters": "a fox\nNegative prompt: blur,\nfog"]),
      ImageTexts(userComment: "a fox\nNegative prompt: blur,\nfog"),
    ] {
      let record = try #require(ForeignRecord.read(texts))
      #expect(record.tool == "a1111" && record.prompt == "a fox" && record.seed == nil)
      #expect(record.settings["negative_prompt"] == .string("blur,\nfog"))
    }
    let other = try #require(
      ForeignRecord.read(ImageTexts(userComment: "a sign: Negative prompt: none")))
    #expect(other.tool == "unknown" && other.prompt.isEmpty)
  }

  @Test("lines of templates are settings and change no value")
  func templates() throws {
    let record = try read(
      """
      a grey cat
      Negative prompt: blur
      Steps: 20, Sampler: Euler, CFG scale: 7, Seed: 5501, Model: m, Version: v1.6.0
      Template: a (grey:1.2) cat, <lora:{x|y}:0.8>,
      Steps: 99, Sampler: other, Seed: 1, Model: n
      Negative Template: blur, {a|b}
      """)
    #expect(record.seed == 5501 && record.model == "m" && record.prompt == "a grey cat")
    #expect(record.settings["steps"] == .integer(20))
    #expect(
      record.settings["template"]
        == .string(
          "a (grey:1.2) cat, <lora:{x|y}:0.8>,\nSteps: 99, Sampler: other, Seed: 1, Model: n"))
    #expect(record.settings["negative_template"] == .string("blur, {a|b}"))
    #expect(record.settings["loras"] == nil, "a template is no prompt")
  }

  @Test("values can contain commas, colons, quotes and JSON")
  func values() throws {
    let record = try read(
      #"""
      a fox
      Steps: 8, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 5, Seed: 3, Size: 8x8, \#
      Model: vision, v2, Hires prompt: "a (red:1.2) fox,\n\"sharp\"", ADetailer prompt: a (face:1.1), \#
      smile, Lora hashes: "ink: 1a, wash: 2b", Hashes: {"model": "ab", "lora:x": "cd"}, \#
      Version: f0.0.17v1.8.0rc-latest-276-g29be1da7
      """#)
    #expect(record.model == "vision, v2")
    #expect(record.settings["scheduler"] == .string("Karras"))
    #expect(record.settings["hires_prompt"] == .string("a (red:1.2) fox,\n\"sharp\""))
    #expect(record.settings["adetailer_prompt"] == .string("a (face:1.1), smile"))
    #expect(record.settings["loras"] == .array([.string("ink: 1a"), .string("wash: 2b")]))
    #expect(record.settings["hashes"] == .string(#"{"model": "ab", "lora:x": "cd"}"#))
    #expect(record.settings["version"] == .string("f0.0.17v1.8.0rc-latest-276-g29be1da7"))
    #expect(record.tool == "a1111")
  }

  @Test("a value that only starts with brackets or quotation marks is read whole")
  func leadingBrackets() throws {
    let record = try read(
      #"""
      a fox
      Steps: 8, Sampler: [Forge] Flux Realistic, Schedule type: Simple, CFG scale: 5, Seed: 3, \#
      Size: 8x8, Hires upscaler: "Sharp" x4, Hashes: {"model": "ab"}, Version: f2.0.1, \#
      Model: [Lah] Mysterious
      """#)
    #expect(record.settings["sampler"] == .string("[Forge] Flux Realistic"))
    #expect(record.settings["scheduler"] == .string("Simple"))
    #expect(record.settings["hires_upscaler"] == .string("\"Sharp\" x4"))
    #expect(record.settings["hashes"] == .string(#"{"model": "ab"}"#))
    #expect(record.model == "[Lah] Mysterious" && record.seed == 3)
  }

  @Test("Civitai's list of resources names the checkpoint")
  func civitai() throws {
    let record = try read(
      """
      a fox
      Negative prompt: blur
      Steps: 25, Sampler: Euler a, CFG scale: 5, Seed: 3, Size: 8x8, Clip skip: 2, \
      Created Date: 2025-05-01T10:00:00.0000000Z, Civitai resources: [{"type":"lora","weight":0.8,\
      "modelName":"Ink"},{"type":"checkpoint","modelVersionId":12,"modelName":"Vision, XL"}], \
      Civitai metadata: {}
      """)
    #expect(record.tool == "civitai" && record.model == "Vision, XL" && record.seed == 3)
    #expect(record.settings["clip_skip"] == .string("2"))
  }

  @Test("Civitai's family of models is not the model")
  func civitaiFamily() throws {
    let checkpoint = #"{"type":"checkpoint","modelVersionId":12,"modelName":"Vision, XL"}"#
    let cases: [(name: String, resources: String, model: String?)] = [
      ("baseModel", checkpoint, "Vision, XL"), ("baseModel", "", nil),
      ("Base model", checkpoint, "Vision, XL"), ("base_model", "", nil),
    ]
    for (name, resources, model) in cases {
      let record = try read(
        """
        a fox
        Negative prompt: blur
        Steps: 25, CFG scale: 5, Sampler: Euler a, Seed: 3, process: txt2img, Size: 832x1216, \
        draft: false, quantity: 4, \(name): Illustrious, disablePoi: true, aspectRatio: 2:3, \
        Civitai resources: [\(resources)], Civitai metadata: {}
        """)
      #expect(record.tool == "civitai" && record.model == model)
      #expect(record.settings["base_model"] == .string("Illustrious"))
    }
  }

  @Test("a word for an unknown negative prompt is not the negative prompt")
  func unknownNegative() throws {
    for word in ["unknown", "None"] {
      let text = "a tower\nNegative prompt: \(word)"
      let record = try read(text + "\nSteps: 9, Sampler: Euler, Seed: 42")
      #expect(record.prompt == "a tower" && record.settings["negative_prompt"] == nil)
      #expect(try read(text).settings["negative_prompt"] == nil)
      let json = #"{"prompt": "a tower", "negative_prompt": "\#(word)", "seed": 42, "steps": 9}"#
      let other = try read(json)
      #expect(other.seed == 42 && other.settings["negative_prompt"] == nil)
    }
  }

  @Test("the text of the Extras tab is not a prompt, and is kept with the first text")
  func extras() throws {
    for text in [
      "Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+",
      "Upscale: 4, visibility: 1.0, model:R-ESRGAN 4x+",
    ] {
      let record = try read(text)
      #expect(record.tool == "a1111" && record.prompt.isEmpty && record.model == nil, "\(text)")
      #expect(
        record.settings.values.contains(.string("R-ESRGAN 4x+")), "\(text): \(record.settings)")
    }
    let both = try #require(
      ForeignRecord.read(
        ImageTexts(chunks: [
          "parameters": "a fox\nSteps: 9, Seed: 3", "extras": "Postprocess upscale by: 4",
        ])))
    #expect(both.prompt == "a fox" && both.seed == 3)
    #expect(both.settings["postprocess_upscale_by"] == .string("4"))
    let alone = try #require(
      ForeignRecord.read(ImageTexts(chunks: ["postprocessing": "Postprocess upscale by: 4"])))
    #expect(alone.tool == "a1111")
  }

  @Test("written prompts, negative prompts and values are read again")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 88)
    let words = [
      "a cat", "(fog:1.2)", "Steps", "Negative", "\"quoted\"", "{x|y}", "猫", "<lora:ink:0.5>", "é",
      "a: b", "[dusk:dawn:8]", "BREAK",
    ]
    func phrase() -> String {
      (0..<Int.random(in: 1...5, using: &random))
        .compactMap { _ in words.randomElement(using: &random) }.joined(separator: ", ")
    }
    for _ in 0..<300 {
      let prompt = [phrase(), phrase()].joined(separator: "\n")
      let negative = phrase()
      let seed = Int64.random(in: 0...Int64(UInt32.max), using: &random)
      let model = ["m", "vision v2", "a.b-c_d"].randomElement(using: &random) ?? "m"
      let extra = phrase().replacing("\"", with: "\\\"")
      let record = try read(
        """
        \(prompt)
        Negative prompt: \(negative)
        Steps: 12, Sampler: Euler a, CFG scale: 4.5, Seed: \(seed), Size: 64x32, Model: \(model), \
        Hires prompt: "\(extra)", Version: v1.10.1
        """)
      #expect(record.prompt == prompt && record.settings["negative_prompt"] == .string(negative))
      #expect(
        record.seed == ImageSeed(seed) && record.model == model && record.guidanceScale == 4.5)
      #expect(
        record.settings["hires_prompt"] == .string(extra.replacing("\\\"", with: "\"")), "\(extra)")
    }
  }

  @Test("names that differ only in case are read the same each time")
  func namesThatDifferInCase() throws {
    let names = (0..<16).map { "Extra \($0)" }
    let pairs = names.flatMap { ["\($0): small", "\($0.uppercased()): large"] }
    let record = try #require(
      ForeignRecord.read(
        ImageTexts(chunks: [
          "parameters": "a fox\nSteps: 8, Sampler: Euler, Seed: 3, \(pairs.joined(separator: ", "))"
        ])))
    for name in names {
      #expect(record.settings[A1111Reader.key(name)] == .string("large"), "\(name)")
    }
  }
}
