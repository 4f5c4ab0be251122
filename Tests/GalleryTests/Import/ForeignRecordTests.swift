import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Metadata of other tools")
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

  @Test("steps, guidance scales and models in an unknown form are settings")
  func unknownForms() throws {
    let words = """
      a duck
      Steps: 20 (15 used), Sampler: Euler, CFG scale: "4, 7", Seed: 5
      """
    let text = try #require(ForeignRecord.read(ImageTexts(chunks: ["parameters": words])))
    #expect(text.seed == 5 && text.guidanceScale == nil)
    #expect(text.settings["steps"] == .string("20 (15 used)"))
    #expect(text.settings["cfg_scale"] == .string("4, 7"))
    let object = """
      {"mflux_version": "1", "prompt": "a duck", "seed": 5, "steps": "20-30", "guidance": [3, 4],
       "model": ["a", "b"], "negative_prompt": []}
      """
    let json = try #require(ForeignRecord.read(ImageTexts(userComment: object)))
    #expect(json.tool == "mflux" && json.model == nil && json.guidanceScale == nil)
    #expect(json.settings["steps"] == .string("20-30"))
    #expect(json.settings["guidance"] == .array([.integer(3), .integer(4)]))
    #expect(json.settings["model"] == .array([.string("a"), .string("b")]))
    #expect(json.settings["negative_prompt"] == nil)
    let scales = #"{"positive_prompt": "a duck", "cfg_scale": [5, 6]}"#
    let invoke = try #require(ForeignRecord.read(ImageTexts(chunks: ["invokeai_metadata": scales])))
    #expect(invoke.settings["cfg_scale"] == .array([.integer(5), .integer(6)]))
  }

  @Test("text of an unknown tool is kept, and only a text named prompt becomes the prompt")
  func plainText() throws {
    let camera = ImageTexts(description: "Created with a camera", software: "Firmware 2")
    let record = try #require(ForeignRecord.read(camera))
    #expect(record.tool == "unknown" && record.prompt.isEmpty)
    #expect(record.raw == "Created with a camera")
    #expect(record.settings["software"] == .string("Firmware 2"))
    let words = ["parameters": "a heron\nNegative prompt: fog", "Author": "ana"]
    let asked = try #require(ForeignRecord.read(ImageTexts(chunks: words)))
    #expect(asked.prompt == "a heron" && asked.raw == "a heron\nNegative prompt: fog")
    #expect(asked.settings["negative_prompt"] == .string("fog"))
    #expect(asked.settings["author"] == .string("ana"))
    let json = try #require(ForeignRecord.read(ImageTexts(chunks: ["prompt": "{}"])))
    #expect(json.prompt.isEmpty)
    #expect(ForeignRecord.read(ImageTexts()) == nil)
  }

  @Test("many JSON texts are kept, and parsed up to a total size; the first one may exceed it")
  func manyJSONTexts() {
    func json(_ size: Int) -> String {
      #"{"k":""# + String(repeating: "a", count: size - 8) + #""}"#
    }
    let whole = ImageTexts.mostParsedBytes / 8
    var texts = ImageTexts()
    for number in 0..<12 { texts.chunks["c\(number)"] = json(whole) }
    texts.prepare()
    #expect(texts.objects.count == 8 && texts.chunks.count == 12)
    var large = ImageTexts(chunks: ["c": json(ImageTexts.mostParsedBytes + 1)])
    large.prepare()
    #expect(large.objects.count == 1)
  }

  @Test("Captions, keywords alone, and the prompt where XMP names it")
  func captions() throws {
    let both = ImageTexts(caption: "A pier", promptInformation: "a pier at dusk", system: "Model 3")
    let record = try #require(ForeignRecord.read(both))
    #expect(record.prompt == "a pier at dusk" && record.model == "Model 3")
    #expect(record.settings["caption"] == .string("A pier"))
    let keywords = try #require(ForeignRecord.read(ImageTexts(keywords: ["sea", "pier"])))
    #expect(keywords.prompt.isEmpty && keywords.raw == "sea, pier")
    #expect(keywords.settings["keywords"] == .array([.string("sea"), .string("pier")]))
  }

  @Test("text in the pixels is read even if an editor wrote other texts into the file")
  func hiddenText() throws {
    let hidden = "a duck\nSteps: 15, CFG scale: nan, Seed: 42"
    let record = try #require(
      ForeignRecord.read(ImageTexts(chunks: ["date:create": "2024"]), hidden: { hidden }))
    #expect(record.tool == "a1111" && record.seed == 42 && record.raw == hidden)
    #expect(record.guidanceScale == nil, "what is no number is none")
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
    #expect(record.settings["size"] == .string("512x768"))
    let close = #""a lamp" -s50 -b1 -W512 -H512 -C7.5 -Ak_lms -S42"#
    let older = try #require(ForeignRecord.read(ImageTexts(chunks: ["Dream": close])))
    #expect(older.seed == 42 && older.settings["steps"] == .integer(50))
    #expect(older.settings["sampler"] == .string("k_lms"))
  }

  @Test("InvokeAI of the third generation keeps its graph and its workflow beside the metadata")
  func invokeModern() throws {
    let chunks = [
      "invokeai_metadata": """
      {"positive_prompt": "a fox", "negative_prompt": "fog", "seed": 7, "cfg_scale": 6.5, "steps": 30,
       "width": 1024, "height": 768, "scheduler": "euler", "model": {"key": "k", "name": "xl"},
       "loras": [{"model": {"name": "ink"}, "weight": 0.5}]}
      """, "invokeai_graph": #"{"nodes": {}}"#,
    ]
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: chunks)))
    #expect(record.prompt == "a fox" && record.seed == 7 && record.model == "xl")
    #expect(record.guidanceScale == 6.5 && record.settings["sampler"] == .string("euler"))
    #expect(record.settings["size"] == .string("1024x768"))
    #expect(record.settings["graph"]?["nodes"] != nil && record.settings["loras"] != nil)
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

  @Test("Fooocus by its second scheme, and its forks' JSON in a comment")
  func fooocusSchemes() throws {
    let text = """
      a goldfish
      Negative prompt: fog
      Steps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 6, Size: 1152x896, CFG scale: 4, Sharpness: 2, \
      Model: juggernautXL, Version: Fooocus v2.5.0
      """
    for texts in [
      ImageTexts(chunks: ["parameters": text, "fooocus_scheme": "a1111"]),
      ImageTexts(userComment: text, software: "Fooocus v2.5.0"),
    ] {
      let record = try #require(ForeignRecord.read(texts))
      #expect(record.tool == "fooocus" && record.seed == 6 && record.prompt == "a goldfish")
      #expect(record.settings["sharpness"] == .string("2"))
    }
    let mre = #"{"prompt": "p", "negative_prompt": "n", "seed": 6, "cfg": 7, "base_model": "m"}"#
    let ruined = """
      {"Prompt": "p", "Negative": "n", "seed": 6, "cfg": 7, "base_model_name": "m", "width": 8,
       "height": 9, "software": "RuinedFooocus"}
      """
    for texts in [
      ImageTexts(chunks: ["Comment": mre]), ImageTexts(comment: mre),
      ImageTexts(chunks: ["parameters": ruined]), ImageTexts(userComment: ruined),
    ] {
      let record = try #require(ForeignRecord.read(texts))
      #expect(record.tool == "fooocus" && record.prompt == "p" && record.seed == 6)
      #expect(record.guidanceScale == 7 && record.model == "m")
      #expect(record.settings["negative_prompt"] == .string("n"))
    }
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
    #expect(ForeignRecord.read(hidden)?.raw == hidden.stealth, "all of it, word for word")
    #expect(ForeignRecord.read(ImageTexts(userComment: hidden.stealth))?.tool == "novelai")
  }

  @Test("NovelAI without its comment: the pixels come before the description")
  func novelAIWithoutComment() throws {
    let left = ImageTexts(chunks: [
      "Software": "NovelAI", "Description": "cat, space", "Source": "NovelAI Diffusion V4.5",
      "Comment": #"{"seed": 1, "#,
    ])
    let hidden = #"{"Software": "NovelAI", "Description": "cat", "Comment": "{\"seed\": 1}"}"#
    #expect(ForeignRecord.read(left, hidden: { hidden })?.seed == 1)
    let record = try #require(ForeignRecord.read(left))
    #expect(record.tool == "novelai" && record.prompt == "cat, space" && record.seed == nil)
    #expect(record.settings["comment"] == .string(#"{"seed": 1, "#))
  }

  @Test("Draw Things: JSON inside the XMP packet")
  func drawThings() throws {
    let json = #"{"c":"a &amp; b","uc":"no","seed":9,"scale":7,"model":"sd"}"#
    let packet = ForeignFile.xmp(
      ForeignFile.list("exif:UserComment", [json], container: "Alt"))
    let record = try #require(ForeignRecord.read(ImageTexts(xmpSidecar: packet)))
    #expect(record.tool == "drawthings")
    #expect(record.prompt == "a &amp; b")
    #expect(record.seed == 9)
  }

  @Test("any text is read without a crash")
  func fuzz() {
    var random = SeededGenerator(seed: 20)
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
