/// The graph as ComfyUI's editor keeps it in `workflow`: nodes with their widgets' values in a row, and
/// a list of links. It is read where the executed graph is not there.
///
/// The values have no names in it; those of ComfyUI's own nodes are known, others stay unread.
enum ComfyUIWorkflow {
  static func graph(_ json: JSONValue?) -> ComfyUIGraph? {
    guard let nodes = json?["nodes"]?.elements else { return nil }
    var sources: [Int64: JSONValue] = [:]
    for link in json?["links"]?.elements ?? [] {
      // id, from node, from output, to node, to input, type
      guard let parts = link.elements, parts.count >= 3, let id = parts[0].wholeNumber else {
        continue
      }
      sources[id] = .array([parts[1], parts[2]])
    }
    return ComfyUIGraph(nodes.compactMap { node($0, sources) })
  }

  private static func node(
    _ json: JSONValue, _ sources: [Int64: JSONValue]
  ) -> ComfyUIGraph.Node? {
    guard let kind = json["type"]?.string, let id = json["id"]?.wholeNumber else { return nil }
    var inputs: [String: JSONValue] = [:]
    let values = json["widgets_values"]?.elements ?? []
    for (name, value) in zip(widgets[kind] ?? [], values) where !name.isEmpty {
      inputs[name] = value
    }
    // A widget that was turned into an input is linked, and its value is stale.
    for input in json["inputs"]?.elements ?? [] {
      guard let name = input["name"]?.string, let link = input["link"]?.wholeNumber else {
        continue
      }
      inputs[name] = sources[link]
    }
    return ComfyUIGraph.Node(id: String(id), kind: kind, inputs: inputs)
  }

  /// The widgets of ComfyUI's own nodes in their order; without a name where one is the editor's alone.
  private static let widgets = [
    "KSampler": ["seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"],
    "KSamplerAdvanced": [
      "add_noise", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler", "start_at_step",
      "end_at_step", "return_with_leftover_noise",
    ],
    "SamplerCustom": ["add_noise", "noise_seed", "", "cfg"],
    "RandomNoise": ["noise_seed", ""],
    "KSamplerSelect": ["sampler_name"],
    "BasicScheduler": ["scheduler", "steps", "denoise"],
    "CFGGuider": ["cfg"],
    "FluxGuidance": ["guidance"],
    "CLIPTextEncode": ["text"],
    "CLIPTextEncodeFlux": ["clip_l", "t5xxl", "guidance"],
    "CLIPTextEncodeSDXL": [
      "width", "height", "crop_w", "crop_h", "target_width", "target_height", "text_g", "text_l",
    ],
    "CheckpointLoaderSimple": ["ckpt_name"],
    "CheckpointLoader": ["config_name", "ckpt_name"],
    "UNETLoader": ["unet_name"],
    "LoraLoader": ["lora_name", "strength_model", "strength_clip"],
    "LoraLoaderModelOnly": ["lora_name", "strength_model"],
    "EmptyLatentImage": ["width", "height", "batch_size"],
    "EmptySD3LatentImage": ["width", "height", "batch_size"],
    "LatentUpscale": ["upscale_method", "width", "height", "crop"],
    "PrimitiveNode": ["value"],
    "SaveImage": ["filename_prefix"],
  ]
}
