/// The names that belong to a node's widget values.
enum ComfyWidgets {
  /// The values of a node's widgets by name.
  ///
  /// New editors list all widgets among the inputs. For older files, the table contains the order.
  static func values(of node: ComfyWorkflowNode) -> [String: JSONValue] {
    var named = node.namedValues
    let listed = node.inputs.filter(\.isWidget).map(\.name)
    let found =
      match(listed, node.values) ?? order[node.kind].flatMap { fit($0, node.values) } ?? [:]
    named.merge(found) { written, _ in written }
    // Each row that the user adds has a value that names its type.
    let rows = node.values.filter { $0["lora"]?.string != nil }
    for (number, row) in rows.enumerated() { named["lora_\(number + 1)"] = row }
    // LoRA Manager has one list of them.
    let list = node.values.first { value in
      let row = value.elements?.first
      return row?["name"] != nil && row?["active"] != nil
    }
    if let list, named["loras"] == nil { named["loras"] = list }
    return named.merging(node.overrides) { _, override in override }
  }

  /// The values with these names, or nil if the numbers differ.
  static func match(_ names: [String], _ values: [JSONValue]) -> [String: JSONValue]? {
    guard !names.isEmpty, let found = fit(names, values), found.count == Set(names).count,
      names.count == values.count - controls(names, values)
    else { return nil }
    return found
  }

  private static func controls(_ names: [String], _ values: [JSONValue]) -> Int {
    var count = 0
    var position = 0
    for name in names {
      position += 1
      if isSeed(name), values.indices.contains(position), isControl(values[position]) {
        count += 1
        position += 1
      }
    }
    return count
  }

  /// Names values in order.
  ///
  /// After a seed, the editor adds a widget for the change of the seed after a run.
  private static func fit(_ names: [String], _ values: [JSONValue]) -> [String: JSONValue]? {
    var found: [String: JSONValue] = [:]
    var rest = values[...]
    for name in names {
      guard let value = rest.popFirst() else { break }
      if !name.isEmpty { found[name] = value }
      if isSeed(name), let next = rest.first, isControl(next) { rest = rest.dropFirst() }
    }
    return found
  }

  private static func isSeed(_ name: String) -> Bool {
    name.hasSuffix("seed") || name == "value" || name == "seed_num"
  }

  private static func isControl(_ value: JSONValue) -> Bool {
    ["fixed", "increment", "decrement", "randomize", "increment-wrap"].contains(value.string ?? "")
  }

  /// The widgets of classes in order; without a name if it is not needed.
  private static let order: [String: [String]] = [
    "KSampler": ["seed", "steps", "cfg", "sampler_name", "scheduler", "denoise"],
    "KSamplerAdvanced": [
      "add_noise", "noise_seed", "steps", "cfg", "sampler_name", "scheduler", "start_at_step",
      "end_at_step", "return_with_leftover_noise",
    ],
    "SamplerCustom": ["add_noise", "noise_seed", "cfg"],
    "RandomNoise": ["noise_seed"],
    "KSamplerSelect": ["sampler_name"],
    "BasicScheduler": ["scheduler", "steps", "denoise"],
    "Flux2Scheduler": ["steps", "width", "height"],
    "KarrasScheduler": ["steps"],
    "AlignYourStepsScheduler": ["model_type", "steps", "denoise"],
    "SDTurboScheduler": ["steps", "denoise"],
    "CFGGuider": ["cfg"],
    "DualCFGGuider": ["cfg_conds", "cfg_cond2_negative", "style"],
    "PerpNegGuider": ["cfg", "neg_scale"],
    "FluxGuidance": ["guidance"],
    "CLIPTextEncode": ["text"],
    "CLIPTextEncodeFlux": ["clip_l", "t5xxl", "guidance"],
    "CLIPTextEncodeSD3": ["clip_l", "clip_g", "t5xxl", "empty_padding"],
    "CLIPTextEncodeHiDream": ["clip_l", "clip_g", "t5xxl", "llama"],
    "CLIPTextEncodeLumina2": ["system_prompt", "user_prompt"],
    "CLIPTextEncodeHunyuanDiT": ["bert", "mt5xl"],
    "CLIPTextEncodePixArtAlpha": ["width", "height", "text"],
    "CLIPTextEncodeSDXL": [
      "width", "height", "crop_w", "crop_h", "target_width", "target_height", "text_g", "text_l",
    ],
    "CLIPTextEncodeSDXLRefiner": ["ascore", "width", "height", "text"],
    "TextEncodeQwenImageEdit": ["prompt"],
    "TextEncodeQwenImageEditPlus": ["prompt"],
    "ConditioningAverage": ["conditioning_to_strength"],
    "CheckpointLoaderSimple": ["ckpt_name"],
    "CheckpointLoader": ["config_name", "ckpt_name"],
    "CheckpointLoader|pysssss": ["ckpt_name"],
    "ImageOnlyCheckpointLoader": ["ckpt_name"],
    "UNETLoader": ["unet_name", "weight_dtype"],
    "UnetLoaderGGUF": ["unet_name"],
    "NunchakuFluxDiTLoader": ["model_path"],
    "LoraLoader": ["lora_name", "strength_model", "strength_clip"],
    "LoraLoaderModelOnly": ["lora_name", "strength_model"],
    "LoraLoader|pysssss": ["lora_name", "strength_model", "strength_clip"],
    "EmptyLatentImage": ["width", "height", "batch_size"],
    "EmptySD3LatentImage": ["width", "height", "batch_size"],
    "EmptyFlux2LatentImage": ["width", "height", "batch_size"],
    "EmptyHunyuanLatentVideo": ["width", "height", "length", "batch_size"],
    "LatentUpscale": ["upscale_method", "width", "height", "crop"],
    "PrimitiveNode": ["value"],
    "PrimitiveString": ["value"],
    "PrimitiveStringMultiline": ["value"],
    "PrimitiveInt": ["value"],
    "PrimitiveFloat": ["value"],
    "PrimitiveBoolean": ["value"],
    "StringConcatenate": ["string_a", "string_b", "delimiter"],
    "StringTrim": ["string", "mode"],
    "ComfySwitchNode": ["switch"],
    "SaveImage": ["filename_prefix"],
    "SaveAnimatedWEBP": ["filename_prefix"],
    "ByteDanceSeedreamNode": [
      "model", "prompt", "size_preset", "width", "height", "sequential_image_generation",
      "max_images", "seed", "watermark",
    ],
    "ByteDanceImageNode": [
      "model", "prompt", "size_preset", "width", "height", "seed", "guidance_scale", "watermark",
    ],
    "ByteDanceImageEditNode": ["model", "prompt", "seed", "guidance_scale", "watermark"],
    "ImpactWildcardProcessor": ["wildcard_text", "populated_text", "mode", "seed"],
    "ImpactWildcardEncode": ["wildcard_text", "populated_text", "mode", "", "", "seed"],
    "ImpactSwitch": ["select", "sel_mode"],
    "ImpactInt": ["value"],
    "Seed (rgthree)": ["seed"],
    "Power Prompt (rgthree)": ["prompt"],
    "Power Prompt - Simple (rgthree)": ["prompt"],
    "SDXL Power Prompt - Positive (rgthree)": ["prompt_g", "prompt_l"],
    "SDXL Power Prompt - Simple / Negative (rgthree)": ["prompt_g", "prompt_l"],
    "SDXL Empty Latent Image (rgthree)": ["dimensions", "clip_scale", "batch_size"],
    "KSampler Config (rgthree)": [
      "steps_total", "refiner_step", "cfg", "sampler_name", "scheduler",
    ],
    "Efficient Loader": [
      "ckpt_name", "vae_name", "clip_skip", "lora_name", "lora_model_strength",
      "lora_clip_strength", "positive", "negative", "token_normalization",
      "weight_interpretation", "empty_latent_width", "empty_latent_height", "batch_size",
    ],
    "Eff. Loader SDXL": [
      "base_ckpt_name", "base_clip_skip", "refiner_ckpt_name", "refiner_clip_skip",
      "positive_ascore", "negative_ascore", "vae_name", "positive", "negative",
      "token_normalization", "weight_interpretation", "empty_latent_width",
      "empty_latent_height", "batch_size",
    ],
    "KSampler (Efficient)": [
      "seed", "steps", "cfg", "sampler_name", "scheduler", "denoise", "preview_method",
      "vae_decode",
    ],
    "KSampler Adv. (Efficient)": [
      "add_noise", "noise_seed", "steps", "cfg", "sampler_name", "scheduler", "start_at_step",
      "end_at_step",
    ],
    "KSampler SDXL (Eff.)": [
      "noise_seed", "steps", "cfg", "sampler_name", "scheduler", "start_at_step",
      "refine_at_step",
    ],
    "easy preSampling": ["steps", "cfg", "sampler_name", "scheduler", "denoise", "seed"],
    "easy kSampler": ["image_output", "link_id", "save_prefix"],
    "easy seed": ["seed"],
    "easy positive": ["positive"],
    "easy negative": ["negative"],
    "CR Prompt Text": ["prompt"],
    "CR Text": ["text"],
    "CR Seed": ["seed"],
    "CR Conditioning Input Switch": ["Input"],
    "CR Text Input Switch": ["Input"],
    "CR Latent Input Switch": ["Input"],
    "CR Image Input Switch": ["Input"],
    "CR Model Input Switch": ["Input"],
    "CR SDXL Prompt Mix Presets": [
      "prompt_positive", "prompt_negative", "style_positive", "style_negative", "preset",
    ],
    "XlabsSampler": [
      "noise_seed", "steps", "timestep_to_start_cfg", "true_gs", "image_to_image_strength",
      "denoise_strength",
    ],
    "UltimateSDUpscale": [
      "upscale_by", "seed", "steps", "cfg", "sampler_name", "scheduler", "denoise",
    ],
    "SDXLPromptStyler": ["text_positive", "text_negative", "style"],
    "StringConstant": ["string"],
    "StringConstantMultiline": ["string", "strip_newlines"],
    "INTConstant": ["value"],
    "JoinStrings": ["string1", "string2", "delimiter"],
    "Text Multiline": ["text"],
    "Text Concatenate": ["delimiter", "clean_whitespace"],
    "ShowText|pysssss": ["text_0"],
    "Primitive string [Crystools]": ["string"],
    "Primitive string multiline [Crystools]": ["string"],
    "Primitive integer [Crystools]": ["int"],
    "Switch any [Crystools]": ["boolean"],
    "KSampler //Inspire": [
      "seed", "steps", "cfg", "sampler_name", "scheduler", "denoise", "noise_mode",
    ],
    "String Literal": ["string"],
    "String Literal (Image Saver)": ["string"],
    "DF_Text_Box": ["Text"],
  ]
}
