import Testing

@testable import Gallery

@Suite("What other tools wrote")
struct ForeignRecordTests {
  @Test("A1111: prompt, negative prompt over lines, pairs with quoted and bracketed values")
  func a1111() throws {
    let raw = """
      a duck, <lora:feathers:0.8>
      by a pond
      Negative prompt: monochrome,
      text
      Steps: 15, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 5.5, Seed: 235284042, \
      Size: 512x400, Model hash: c0d1994c73, Model: vision, v2, \
      Lora hashes: "feathers: 1a, more: 2b", Civitai resources: [{"type": "a, b"}], Version: v1.6
      """
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: ["parameters": raw])))
    #expect(record.tool == "a1111")
    #expect(record.prompt == "a duck, <lora:feathers:0.8>\nby a pond")
    #expect(record.settings["negative_prompt"] == .string("monochrome,\ntext"))
    #expect(record.seed == 235_284_042)
    #expect(record.guidanceScale == 5.5)
    #expect(record.model == "vision, v2")
    #expect(record.settings["steps"] == .integer(15))
    #expect(record.settings["sampler"] == .string("DPM++ 2M"))
    #expect(record.settings["scheduler"] == .string("Karras"))
    #expect(record.settings["loras"] == .array([.string("feathers: 1a"), .string("more: 2b")]))
    #expect(record.settings["civitai_resources"] == .string(#"[{"type": "a, b"}]"#))
    #expect(record.settings["version"] == .string("v1.6"))
    #expect(record.raw == raw)
  }

  @Test("Text without a line of pairs is nobody's hand")
  func plainText() {
    #expect(ForeignRecord.read(ImageTexts(description: "Created with a camera")) == nil)
    #expect(ForeignRecord.read(ImageTexts()) == nil)
  }

  @Test("ComfyUI: the sampler above the saved image, not the first in the file")
  func comfyUI() throws {
    let raw = """
      {"1": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 9, "cfg": 3.0,
         "positive": ["5", 0], "negative": ["6", 0], "latent_image": ["4", 0], "model": ["7", 0]}},
       "2": {"class_type": "KSampler", "inputs": {"seed": ["9", 0], "steps": 20, "cfg": 8,
         "sampler_name": "euler", "scheduler": "normal", "denoise": NaN,
         "positive": ["8", 0], "negative": ["6", 0], "latent_image": ["1", 0], "model": ["10", 0]}},
       "3": {"class_type": "VAEDecode", "inputs": {"samples": ["2", 0]}},
       "4": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 512}},
       "5": {"class_type": "CLIPTextEncode", "inputs": {"text": "first pass"}},
       "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry"}},
       "7": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "base.ckpt"}},
       "8": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["5", 0],
         "conditioning_2": ["12", 0]}},
       "9": {"class_type": "PrimitiveNode", "inputs": {"value": 18446744073709551615}},
       "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "ink", "model": ["7", 0]}},
       "11": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}},
       "12": {"class_type": "CLIPTextEncode", "inputs": {"text": "second pass"}}}
      """
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: ["prompt": raw])))
    #expect(record.tool == "comfyui")
    #expect(record.prompt == "first pass\nsecond pass")
    #expect(record.settings["negative_prompt"] == .string("blurry"))
    #expect(record.seed == nil, "a seed of 64 bits does not fit and is not bent")
    #expect(record.settings["seed"] == .unsigned(.max))
    #expect(record.settings["steps"] == .integer(20))
    #expect(record.guidanceScale == 8)
    #expect(record.model == "base.ckpt")
    #expect(record.settings["loras"] == .array([.string("ink")]))
  }

  @Test("ComfyUI: custom samplers keep their parts in nodes of their own; cycles end")
  func comfyUICustomSampler() throws {
    let raw = """
      {"1": {"class_type": "SamplerCustomAdvanced", "inputs": {"noise": ["2", 0], "guider": ["3", 0],
         "sampler": ["4", 0], "sigmas": ["5", 0], "latent_image": ["1", 0]}},
       "2": {"class_type": "RandomNoise", "inputs": {"noise_seed": 77}},
       "3": {"class_type": "BasicGuider", "inputs": {"conditioning": ["6", 0], "model": ["8", 0]}},
       "4": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
       "5": {"class_type": "BasicScheduler", "inputs": {"steps": 4, "scheduler": "simple"}},
       "6": {"class_type": "FluxGuidance", "inputs": {"conditioning": ["7", 0], "guidance": 3.5}},
       "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox"}},
       "8": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev"}}}
      """
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: ["prompt": raw])))
    #expect(record.prompt == "a fox")
    #expect(record.seed == 77)
    #expect(record.settings["steps"] == .integer(4))
    #expect(record.settings["sampler"] == .string("euler"))
    #expect(record.model == "flux1-dev")
  }

  @Test("InvokeAI of the first generation: options behind a quoted prompt")
  func invokeDream() throws {
    let raw = #""a lamp [moths, dust]" -s 50 -S 2980747362 -W 512 -H 768 -C 7.5 -A k_lms"#
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: ["Dream": raw])))
    #expect(record.tool == "invokeai")
    #expect(record.prompt == "a lamp [moths, dust]")
    #expect(record.settings["negative_prompt"] == .string("moths, dust"))
    #expect(record.seed == 2_980_747_362)
    #expect(record.guidanceScale == 7.5)
  }

  @Test("SwarmUI and Fooocus write JSON where A1111 writes text")
  func jsonParameters() throws {
    let swarm = #"{"sui_image_params": {"prompt": "p", "seed": 5, "cfgscale": 7, "steps": 20}}"#
    let first = try #require(ForeignRecord.read(ImageTexts(chunks: ["parameters": swarm])))
    #expect(first.tool == "swarmui")
    #expect(first.seed == 5)
    let fooocus = #"{"prompt": "p", "seed": "6", "base_model": "juggernaut", "guidance_scale": 4}"#
    let second = try #require(ForeignRecord.read(ImageTexts(chunks: ["parameters": fooocus])))
    #expect(second.tool == "fooocus")
    #expect(second.seed == 6)
    #expect(second.model == "juggernaut")
  }

  @Test("NovelAI: shown in chunks, or hidden in the pixels")
  func novelAI() throws {
    let shown = ImageTexts(chunks: [
      "Software": "NovelAI", "Description": "cat, space", "Source": "Stable Diffusion 1D44365E",
      "Comment": #"{"steps": 50, "seed": 2253955223, "scale": 10.0, "uc": "lowres"}"#,
    ])
    let record = try #require(ForeignRecord.read(shown))
    #expect(record.prompt == "cat, space")
    #expect(record.seed == 2_253_955_223)
    #expect(record.settings["negative_prompt"] == .string("lowres"))
    let hidden = ImageTexts(
      stealth: #"""
        {"Software": "NovelAI", "Description": "cat", "Comment": "{\"seed\": 1, \"uc\": \"\"}"}
        """#)
    #expect(ForeignRecord.read(hidden)?.seed == 1)
  }

  @Test("Draw Things: JSON inside the XMP packet")
  func drawThings() throws {
    let packet = """
      <x:xmpmeta><rdf:Description><exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">\
      {&quot;c&quot;:&quot;a &amp;amp; b&quot;,&quot;uc&quot;:&quot;no&quot;,&quot;seed&quot;:9,\
      &quot;scale&quot;:7,&quot;model&quot;:&quot;sd&quot;}</rdf:li></rdf:Alt></exif:UserComment>
      """
    let record = try #require(ForeignRecord.read(ImageTexts(xmp: packet)))
    #expect(record.tool == "drawthings")
    #expect(record.prompt == "a &amp; b")
    #expect(record.seed == 9)
  }

  @Test("Any text at all is read without a fault")
  func fuzz() {
    var random = SplitMix(seed: 20)
    let pieces = [
      "Steps: 1", "\n", "Negative prompt:", "\"", "{", "}", "[", "]", ":", ",", "Seed: 9", "NaN",
      "\\", "é", "猫", "\u{0}", #"{"1":{"class_type":"KSampler","inputs":{"positive":["1",0]}}}"#,
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0..<12, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      for place in ["parameters", "prompt", "Dream", "sd-metadata", "invokeai_metadata", "Comment"]
      {
        let chunks = [place: text, "Software": "NovelAI"]
        if let record = ForeignRecord.read(ImageTexts(chunks: chunks, xmp: text)) {
          #expect(!record.tool.isEmpty)
        }
      }
    }
  }
}

/// Steele, Lea and Flood's SplitMix64, so that a failing case can be met again.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
