import SeedbankModel
import Testing

@testable import SeedbankGallery

/// Tests of files in the form of each tool, and of the values that must be read from them.
@Suite("Values of every tool")
struct WriterTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let texts: ImageTexts
    let tool: String
    var prompt = "a fox, at dusk"
    var negative: String? = "fog"
    var seed: ImageSeed? = 4242
    var model: String? = "m"
    var size: String? = "832x1216"
    var steps: Int64? = 28
    var sampler: String? = "euler"
    var guidance: Double? = 4.5

    var testDescription: String { name }
  }

  private static let graph = """
    {"3": {"class_type": "KSampler", "inputs": {"seed": 4242, "steps": 28, "cfg": 4.5, \
    "sampler_name": "euler", "scheduler": "normal", "positive": ["6", 0], "negative": ["7", 0], \
    "latent_image": ["5", 0], "model": ["4", 0]}}, \
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "m"}}, \
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 832, "height": 1216}}, \
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox, at dusk"}}, \
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "fog"}}, \
    "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0]}}, \
    "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0]}}
    """

  static let samples: [Sample] = [
    Sample(
      name: "a saver that writes chunks as one JSON object into Exif",
      texts: ImageTexts(
        userComment: #"{"prompt": \#(graph)}, "workflow": {"nodes": [], "links": []}}"#),
      tool: "comfyui"),
    Sample(
      name: "the same with the graph as a string, in a JPEG comment",
      texts: ImageTexts(
        furtherComments: [
          JSONValue.object(["prompt": .string(graph + "}"), "workflow": .string("{}")]).text
        ]),
      tool: "comfyui"),
    Sample(
      name: "Civitai, upscaled: the first request within the graph",
      texts: ImageTexts(
        userComment: graph
          + #", "extra": {"airs": []}, "extraMetadata": "{\"prompt\":\"a fox, at dusk\","#
          + #"\"negativePrompt\":\"fog\",\"cfgScale\":4.5,\"seed\":4242,\"steps\":28,"#
          + #"\"sampler\":\"euler\",\"width\":832,\"height\":1216,\"baseModel\":\"SDXL\"}"}"#),
      tool: "civitai"),
    Sample(
      name: "Civitai, upscaled: the first request in a chunk of its own",
      texts: ImageTexts(chunks: [
        "prompt": #"{"1": {"class_type": "LoadImage", "inputs": {"image": "x"}}}"#,
        "extraMetadata": """
        {"prompt":"a fox, at dusk","negativePrompt":"fog","cfgScale":4.5,"sampler":"euler",\
        "steps":28,"seed":4242,"width":832,"height":1216}
        """,
      ]), tool: "civitai", model: nil),
    Sample(
      name: "Stability Matrix: JSON beside the text and the graph",
      texts: ImageTexts(chunks: [
        "parameters-json": """
        {"PositivePrompt":"a fox, at dusk","NegativePrompt":"fog","Steps":28,"Sampler":"euler",\
        "CfgScale":4.5,"Seed":4242,"Height":1216,"Width":832,"ModelHash":"ab","ModelName":"m"}
        """, "parameters": "other\nSteps: 1, Seed: 1", "prompt": graph + "}",
        "smproj": #"{"Version":3}"#,
      ]), tool: "stabilitymatrix"),
    Sample(
      name: "Tensor.Art: its JSON ends with zeros",
      texts: ImageTexts(chunks: [
        "generation_data": """
        {"models":[],"prompt":"a fox, at dusk","negativePrompt":"fog","width":832,"height":1216,\
        "seed":"4242","steps":28,"cfgScale":4.5,"baseModel":{"label":"B","type":"B",\
        "modelFileName":"m","hash":"AB"}}\0\0
        """, "prompt": graph + "}",
      ]), tool: "tensorart"),
    Sample(
      name: "Tensor.Art: a random seed stands in the graph",
      texts: ImageTexts(chunks: [
        "generation_data": """
        {"prompt":"a fox, at dusk","negativePrompt":"fog","width":832,"height":1216,"seed":"-1",\
        "steps":28,"cfgScale":4.5,"baseModel":{"modelFileName":"m"}}
        """, "prompt": graph + "}",
      ]), tool: "tensorart"),
    Sample(
      name: "white space around a prompt in JSON is part of it",
      texts: ImageTexts(chunks: [
        "parameters-json": #"""
        {"PositivePrompt":"a fox, \r\nat dusk, \r\n","NegativePrompt":"fog, ","Steps":28,\#
        "Sampler":"euler","CfgScale":4.5,"Seed":4242,"Height":1216,"Width":832,"ModelName":"m"}
        """#, "prompt": graph + "}",
      ]), tool: "stabilitymatrix", prompt: "a fox, \r\nat dusk, \r\n", negative: "fog, "),
    Sample(
      name: "SwarmUI",
      texts: ImageTexts(chunks: [
        "parameters": """
        {"sui_image_params": {"prompt": "a fox, at dusk", "negativeprompt": "fog", "model": "m",
         "seed": 4242, "steps": 28, "cfgscale": 4.5, "width": 832, "height": 1216,
         "sampler": "euler", "scheduler": "karras", "swarm_version": "0.9.6"},
         "sui_extra_data": {"date": "2025-05-01"}}
        """, "prompt": graph + "}",
      ]), tool: "swarmui"),
    Sample(
      name: "early SwarmUI: its JSON as the camera's model",
      texts: ImageTexts(
        model: """
          {"sui_image_params": {"prompt": "a fox, at dusk", "negativeprompt": "fog", "model": "m",
           "seed": 4242, "steps": 28, "cfgscale": 4.5, "width": 832, "height": 1216,
           "comfyuisampler": "euler"}}
          """), tool: "swarmui"),
    Sample(
      name: "InvokeAI's graph alone",
      texts: ImageTexts(chunks: [
        "invokeai_graph": """
        {"nodes": {"a": {"type": "compel", "prompt": "x"}, "b": {"type": "core_metadata",
         "positive_prompt": "a fox, at dusk", "negative_prompt": "fog", "seed": 4242, "steps": 28,
         "cfg_scale": 4.5, "width": 832, "height": 1216, "model": {"model_name": "m"},
         "scheduler": "ddim"}}}
        """
      ]), tool: "invokeai", sampler: nil),
    Sample(
      name: "NovelAI 4 with characters, in PNG",
      texts: ImageTexts(chunks: [
        "Description": "a fox, at dusk", "Software": "NovelAI", "Source": "NovelAI Diffusion V4.5",
        "Comment": novelAI,
      ]), tool: "novelai", prompt: "a fox, at dusk\nsilver hair\nred coat",
      negative: "fog\nhat", model: "NovelAI Diffusion V4.5"),
    Sample(
      name: "NovelAI 4 with characters, nested in Exif",
      texts: ImageTexts(
        userComment: JSONValue.object([
          "Software": .string("NovelAI"), "Source": .string("NovelAI Diffusion V4.5"),
          "Comment": .string(novelAI), "Description": .string("a fox, at dusk"),
        ]).text), tool: "novelai", prompt: "a fox, at dusk\nsilver hair\nred coat",
      negative: "fog\nhat", model: "NovelAI Diffusion V4.5"),
    Sample(
      name: "NovelAI 4 in WebP, whose description is damaged",
      texts: ImageTexts(
        userComment: JSONValue.object([
          "Software": .string("NovelAI"), "Source": .string("NovelAI Diffusion V4.5"),
          "Comment": .string(novelAI), "Description": .string("a f\u{E9}\u{9C}\u{A7}, at dusk"),
        ]).text, description: "\0\0\0\0a fox, at dusk"), tool: "novelai",
      prompt: "a fox, at dusk\nsilver hair\nred coat", negative: "fog\nhat",
      model: "NovelAI Diffusion V4.5"),
    Sample(
      name: "NovelAI 2, whose prompt stands in its description alone",
      texts: ImageTexts(chunks: [
        "Description": "a fox, at dusk", "Software": "NovelAI",
        "Source": "Stable Diffusion 1D44365E",
        "Comment": """
        {"steps": 28, "sampler": "euler", "seed": 4242, "strength": 0.69, "noise": 0.667,
         "scale": 4.5, "uc": "fog", "width": 832, "height": 1216}
        """,
      ]), tool: "novelai", model: "Stable Diffusion 1D44365E"),
    Sample(
      name: "NovelAI 4 whose comment an editor removed",
      texts: ImageTexts(chunks: [
        "Title": "NovelAI generated image", "Description": "a fox, at dusk",
        "Software": "NovelAI", "Source": "NovelAI Diffusion V4.5",
      ]), tool: "novelai", negative: nil, seed: nil, model: "NovelAI Diffusion V4.5", size: nil,
      steps: nil, sampler: nil, guidance: nil),
    Sample(
      name: "NovelAI 4 with characters, bare in Exif", texts: ImageTexts(userComment: novelAI),
      tool: "novelai", prompt: "a fox, at dusk\nsilver hair\nred coat", negative: "fog\nhat",
      model: nil),
    Sample(
      name: "NovelAI 3 without its name, in a JPEG comment",
      texts: ImageTexts(
        comment: """
          {"prompt":"a fox, at dusk","steps":28,"height":1216,"width":832,"scale":4.5,"seed":4242,\
          "sampler":"euler","uc":"fog","noise_schedule":"karras"}
          """), tool: "novelai", model: nil),
    Sample(
      name: "early Fooocus: A1111's text in a comment",
      texts: ImageTexts(chunks: [
        "parameters": "None",
        "Comment": "a fox, at dusk\nNegative prompt: fog\nSteps: 28, Sampler: euler, "
          + "CFG scale: 4.5, Seed: 4242, Size: 832x1216, Model: m, Version: Fooocus v2.1.865",
      ]), tool: "fooocus"),
    Sample(
      name: "early Fooocus: the labels of its log as JSON",
      texts: ImageTexts(chunks: [
        "Comment": """
        {"Prompt": "a fox, at dusk", "Negative Prompt": "fog", "Styles": "['V2']", "Seed": 4242,
         "Resolution": "(832, 1216)", "Guidance Scale": 4.5, "Base Model": "m", "Sampler": "euler",
         "Scheduler": "karras", "Steps": 28, "Version": "v2.1.860"}
        """
      ]), tool: "fooocus"),
    Sample(
      name: "Fooocus by its own scheme",
      texts: ImageTexts(chunks: [
        "fooocus_scheme": "fooocus",
        "parameters": """
        {"base_model": "m", "base_model_hash": "ab", "full_prompt": ["a", "b"],
         "guidance_scale": 4.5, "negative_prompt": "fog", "prompt": "a fox, at dusk",
         "resolution": "(832, 1216)", "sampler": "euler", "scheduler": "karras", "seed": "4242",
         "steps": 28, "version": "Fooocus v2.5.5"}
        """,
      ]), tool: "fooocus"),
    Sample(
      name: "RuinedFooocus",
      texts: ImageTexts(chunks: [
        "parameters": """
        {"Prompt": "a fox, at dusk", "Negative": "fog", "steps": 28, "cfg": 4.5, "width": 832,
         "height": 1216, "seed": 4242, "sampler_name": "euler", "scheduler": "karras",
         "base_model_name": "m", "base_model_hash": "AB", "loras": [], "clip_skip": 1,
         "software": "RuinedFooocus"}
        """
      ]), tool: "fooocus"),
    Sample(
      name: "Draw Things in XMP",
      texts: ImageTexts(xmpTexts: [
        """
        {"c":"a fox, at dusk","uc":"fog","model":"m","sampler":"euler","scale":4.5,"seed":4242,\
        "steps":28,"strength":1,"size":"832x1216"}
        """
      ]), tool: "drawthings"),
    Sample(
      name: "Easy Diffusion, a chunk for each value",
      texts: ImageTexts(chunks: [
        "prompt": "a fox, at dusk", "negative_prompt": "fog", "seed": "4242",
        "use_stable_diffusion_model": "m", "sampler_name": "euler", "width": "832",
        "height": "1216", "num_inference_steps": "28", "guidance_scale": "4.5",
        "use_vae_model": "None",
      ]), tool: "easydiffusion"),
    Sample(
      name: "Easy Diffusion, JSON in Exif",
      texts: ImageTexts(
        userComment: """
          {"prompt": "a fox, at dusk", "negative_prompt": "fog", "seed": 4242,
           "use_stable_diffusion_model": "m", "sampler_name": "euler", "width": 832,
           "height": 1216, "num_inference_steps": 28, "guidance_scale": 4.5}
          """), tool: "easydiffusion"),
    Sample(
      name: "Easy Diffusion, lines",
      texts: ImageTexts(
        userComment: """
          Prompt: a fox, at dusk
          Negative Prompt: fog
          Seed: 4242
          Stable Diffusion model: m
          Sampler: euler
          Width: 832
          Height: 1216
          Steps: 28
          Guidance Scale: 4.5
          LoRA model: None
          """), tool: "easydiffusion"),
    Sample(
      name: "a Space of Hugging Face",
      texts: ImageTexts(chunks: [
        "parameters": """
        {"prompt": "a fox, at dusk", "negative_prompt": "fog", "resolution": "832 x 1216",
         "guidance_scale": 4.5, "num_inference_steps": 28, "seed": 4242, "sampler": "euler",
         "sdxl_style": "(None)", "use_upscaler": null, "Model": "m", "Model hash": "ab"}
        """
      ]), tool: "huggingface"),
    Sample(
      name: "MFLUX",
      texts: ImageTexts(
        userComment: """
          {"mflux_version": "0.10.0", "model": "m", "base_model": "None", "seed": 4242, "steps": 28,
           "guidance": 4.5, "height": 1216, "width": 832, "prompt": "a fox, at dusk",
           "negative_prompt": "fog", "lora_paths": null}
          """), tool: "mflux", sampler: nil),
    Sample(
      name: "FramePack",
      texts: ImageTexts(
        userComment: """
          {"prompt": "a fox, at dusk", "negative_prompt": "fog", "seed": 4242, "steps": 28,
           "cfg": 4.5, "gs": 10, "rs": 0, "latent_window_size": 9, "model_type": "F1"}
          """), tool: "framepack", model: nil, size: nil, sampler: nil),
    Sample(
      name: "a prompt and a seed as chunks",
      texts: ImageTexts(chunks: ["prompt": "a fox, at dusk", "seed": "4242"]), tool: "unknown",
      negative: nil, model: nil, size: nil, steps: nil, sampler: nil, guidance: nil),
    Sample(
      name: "Mochi Diffusion",
      texts: ImageTexts(
        caption: """
          Include in Image: a fox, at dusk; Exclude from Image: fog; Model: m; Steps: 28; \
          Guidance Scale: 4.5; Seed: 4242; Size: 832x1216; Scheduler: DPM-Solver++; \
          ML Compute Unit: CPU & GPU; Generator: Mochi Diffusion 5.2
          """), tool: "mochi", sampler: nil),
    Sample(
      name: "Midjourney",
      texts: ImageTexts(chunks: [
        "Description": """
        a fox, at dusk --ar 3:2 --no fog --seed 4242 --tile --v 6.1 \
        Job ID: 01234567-89ab-cdef-0123-456789abcdef
        """, "Author": "ana",
      ]), tool: "midjourney", model: nil, size: nil, steps: nil, sampler: nil, guidance: nil),
  ]

  private static let novelAI = """
    {"prompt": "a fox, at dusk", "steps": 28, "height": 1216, "width": 832, "scale": 4.5,
     "seed": 4242, "sampler": "euler", "uc": "fog", "noise_schedule": "karras",
     "v4_prompt": {"caption": {"base_caption": "a fox, at dusk", "char_captions": [
       {"char_caption": "silver hair", "centers": [{"x": 0.3, "y": 0.5}]},
       {"char_caption": "red coat", "centers": []}]}, "use_coords": true},
     "v4_negative_prompt": {"caption": {"base_caption": "fog", "char_captions": [
       {"char_caption": "hat"}, {"char_caption": ""}]}}}
    """

  @Test("tool, prompts, seed, model, size, steps, sampler and guidance", arguments: samples)
  func values(sample: Sample) throws {
    let record = try #require(ForeignRecord.read(sample.texts))
    #expect(record.tool == sample.tool)
    #expect(record.prompt == sample.prompt)
    #expect(record.settings["negative_prompt"]?.string == sample.negative)
    #expect(record.seed == sample.seed)
    #expect(record.model == sample.model)
    #expect(record.settings["size"]?.string == sample.size)
    #expect(record.settings["steps"]?.wholeNumber == sample.steps)
    #expect(record.settings["sampler"]?.string == sample.sampler)
    #expect(record.guidanceScale == sample.guidance)
    #expect(!record.raw.isEmpty)
  }

  @Test("Midjourney's options are settings")
  func midjourney() throws {
    let sample = try #require(Self.samples.first { $0.tool == "midjourney" })
    let record = try #require(ForeignRecord.read(sample.texts))
    #expect(record.settings["aspect_ratio"] == .string("3:2"))
    #expect(record.settings["v"] == .string("6.1") && record.settings["tile"] == .bool(true))
    #expect(record.settings["job_id"] == .string("01234567-89ab-cdef-0123-456789abcdef"))
    #expect(record.raw == sample.texts.chunks["Description"])
  }

  @Test("a graph beside a tool's own values is kept")
  func graphs() throws {
    for sample in Self.samples where ["tensorart", "stabilitymatrix"].contains(sample.tool) {
      let record = try #require(ForeignRecord.read(sample.texts))
      #expect(record.settings["graph"]?["3"] != nil, "\(sample.name)")
    }
  }

  @Test("JSON without a prompt is read without a prompt")
  func otherJSON() throws {
    for text in [#"{"title": "a pier", "seed": 4}"#, #"{"prompt": {"a": 1}}"#, #"{"prompt": "x"}"#]
    {
      let record = try #require(ForeignRecord.read(ImageTexts(userComment: text)))
      #expect(record.tool == "unknown" && record.prompt.isEmpty && record.seed == nil, "\(text)")
      #expect(record.raw == text)
    }
  }

  @Test("seeds of 64 bits and negative seeds are read; a larger number is kept with all its digits")
  func longSeeds() throws {
    func read(_ digits: String) throws -> ForeignRecord {
      try #require(
        ForeignRecord.read(ImageTexts(chunks: ["parameters": "a\nSteps: 2, Seed: \(digits)"])))
    }
    for digits in ["18446744073709551615", "-5", "-9223372036854775808"] {
      let record = try read(digits)
      #expect(record.seed?.description == digits && record.settings["seed"] == nil)
    }
    for digits in ["99999999999999999999999", "18446744073709551616"] {
      let record = try read(digits)
      #expect(record.seed == nil && record.settings["seed"] == .string(digits))
    }
  }
}
