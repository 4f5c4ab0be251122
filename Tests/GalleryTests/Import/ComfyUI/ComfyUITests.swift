import Testing

@testable import SeedbankGallery

@Suite("ComfyUI's graphs")
struct ComfyUITests {
  private func read(_ prompt: String) throws -> ForeignRecord {
    try #require(ForeignRecord.read(ImageTexts(chunks: ["prompt": prompt])))
  }

  @Test("The sampler above the saved image, not the first in the file")
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
    #expect(record.seed == .max)
    #expect(record.settings["seed"] == nil)
    #expect(record.settings["steps"] == .integer(20))
    #expect(record.guidanceScale == 8)
    #expect(record.model == "base.ckpt")
    #expect(record.settings["loras"] == .array([.string("ink")]))
  }

  @Test("custom samplers with separate nodes are read, and cycles end")
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

  @Test(
    "positive and negative prompts of a ControlNet are not mixed, and zeroed conditioning is empty")
  func sides() throws {
    let sampler = """
      "1": {"class_type": "KSampler", "inputs": {"seed": 5, "steps": 9, "cfg": 3.0,
        "positive": ["2", 0], "negative": ["2", 1], "latent_image": ["3", 0]}},
      "3": {"class_type": "EmptyLatentImage", "inputs": {"width": 832, "height": 1216}},
      "4": {"class_type": "CLIPTextEncode", "inputs": {"text": "a heron"}},
      "5": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry"}}
      """
    let record = try read(
      """
      {\(sampler), "2": {"class_type": "ControlNetApplyAdvanced", "inputs": {"strength": 1,
        "positive": ["4", 0], "negative": ["5", 0], "image": ["6", 0]}}}
      """)
    #expect(record.prompt == "a heron")
    #expect(record.settings["negative_prompt"] == .string("blurry"))
    #expect(record.settings["size"] == .string("832x1216"))
    let zeroed = try read(
      """
      {\(sampler), "2": {"class_type": "ControlNetApplyAdvanced", "inputs": {
        "positive": ["4", 0], "negative": ["6", 0]}},
       "6": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["4", 0]}}}
      """)
    #expect(zeroed.prompt == "a heron")
    #expect(zeroed.settings["negative_prompt"] == nil)
  }

  @Test(
    "Loaders with both prompts as text, texts from other nodes, and stacks of LoRAs are read"
  )
  func loaders() throws {
    let record = try read(
      """
      {"1": {"class_type": "KSampler (Efficient)", "inputs": {"seed": ["9", 0], "steps": 20, "cfg": 7,
         "model": ["2", 0], "positive": ["2", 1], "negative": ["2", 2], "latent_image": ["2", 3]}},
       "2": {"class_type": "Efficient Loader", "inputs": {"ckpt_name": "sd15", "positive": "a fox",
         "negative": "text", "lora_stack": ["3", 0]}},
       "3": {"class_type": "LoRA Stacker", "inputs": {"lora_count": 2, "lora_name_1": "ink",
         "lora_name_2": "None"}},
       "9": {"class_type": "Seed (rgthree)", "inputs": {"seed": 77}}}
      """)
    #expect(record.prompt == "a fox")
    #expect(record.settings["negative_prompt"] == .string("text"))
    #expect(record.model == "sd15")
    #expect(record.seed == 77)
    #expect(record.settings["loras"] == .array([.string("ink")]))

    let joined = try read(
      """
      {"1": {"class_type": "KSampler", "inputs": {"seed": 1, "model": ["5", 0],
         "positive": ["2", 0], "latent_image": ["2", 0]}},
       "2": {"class_type": "CLIPTextEncode", "inputs": {"text": ["3", 0]}},
       "3": {"class_type": "StringConcatenate", "inputs": {"string_a": ["4", 0],
         "string_b": "at dusk", "delimiter": ", "}},
       "4": {"class_type": "PrimitiveString", "inputs": {"value": "a pier"}},
       "5": {"class_type": "Power Lora Loader (rgthree)", "inputs": {
         "lora_1": {"on": true, "lora": "rain"}, "lora_2": {"on": false, "lora": "snow"}}}}
      """)
    #expect(joined.prompt == "a pier, at dusk")
    #expect(joined.settings["loras"] == .array([.string("rain")]))
  }

  @Test("the guidance of Flux is a setting, not the guidance scale")
  func guidance() throws {
    let record = try read(
      """
      {"1": {"class_type": "KSampler", "inputs": {"seed": 1, "cfg": 1, "positive": ["2", 0],
         "negative": ["3", 0], "latent_image": ["9", 0]}},
       "2": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["3", 0]}},
       "3": {"class_type": "CLIPTextEncodeFlux", "inputs": {"clip_l": "oil", "t5xxl": "a ship"}}}
      """)
    #expect(record.guidanceScale == 1)
    #expect(record.settings["guidance"] == .number(3.5))
    #expect(record.prompt == "oil\na ship")
  }

  @Test("the editor's workflow is read without an executed graph, and kept with one")
  func workflow() throws {
    let workflow = """
      {"nodes": [
        {"id": 3, "type": "KSampler", "widgets_values": [42, "fixed", 20, 7.5, "euler", "normal", 1],
         "inputs": [{"name": "model", "link": 1}, {"name": "positive", "link": 4},
           {"name": "negative", "link": 6}, {"name": "latent_image", "link": 2}]},
        {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["base.safetensors"]},
        {"id": 5, "type": "EmptyLatentImage", "widgets_values": [512, 768, 1]},
        {"id": 6, "type": "CLIPTextEncode", "widgets_values": ["a lamp"], "inputs": []},
        {"id": 7, "type": "CLIPTextEncode", "widgets_values": ["moths"], "inputs": []}],
       "links": [[1, 4, 0, 3, 0, "MODEL"], [2, 5, 0, 3, 3, "LATENT"], [4, 6, 0, 3, 1, "C"],
         [6, 7, 0, 3, 2, "C"]]}
      """
    let alone = try #require(ForeignRecord.read(ImageTexts(chunks: ["workflow": workflow])))
    #expect(alone.tool == "comfyui" && alone.raw == workflow)
    #expect(alone.prompt == "a lamp" && alone.seed == 42 && alone.guidanceScale == 7.5)
    #expect(alone.settings["negative_prompt"] == .string("moths"))
    #expect(alone.settings["size"] == .string("512x768"))
    #expect(alone.model == "base.safetensors")

    let graph = #"{"1": {"class_type": "CLIPTextEncode", "inputs": {"text": "x"}}}"#
    let webP = ImageTexts(make: "workflow:" + workflow, model: "prompt:" + graph)
    let beside = try #require(ForeignRecord.read(webP))
    #expect(beside.raw == graph)
    #expect(beside.settings["workflow"]?["nodes"] != nil)
  }

  @Test("the text of a saving node is read if its graph is unknown")
  func textBeside() throws {
    let graph = #"{"1": {"class_type": "Mystery", "inputs": {}}}"#
    let text = "a duck\nNegative prompt: blur\nSteps: 15, CFG scale: 5, Seed: 42, Model: m"
    let record = try #require(
      ForeignRecord.read(ImageTexts(chunks: ["prompt": graph, "parameters": text])))
    #expect(record.tool == "comfyui" && record.raw == graph)
    #expect(record.prompt == "a duck" && record.seed == 42 && record.model == "m")
    #expect(record.settings["parameters"] == .string(text))
  }
}
