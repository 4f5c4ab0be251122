extension ForeignRecord {
  /// Takes the values of the graph for its image.
  ///
  /// - Parameter fileName: the name of the image file, which shows which node saved it.
  mutating func take(_ graph: ComfyGraph, fileName: String?) {
    let walk = ComfyWalk(graph: graph)
    take(walk, fileName: fileName)
  }

  /// Takes what the searches find within their limits; all other values stay unknown.
  mutating func take(_ walk: ComfyWalk, fileName: String?) {
    let prefix = walk.certain { walk.tellingPrefix(fileName: fileName) }
    set(Self.filenamePrefix, prefix.map(JSONValue.string))
    if let maker = walk.certain({ walk.maker(fileName: fileName) }) {
      if walk.isService(maker) {
        takeService(maker, walk)
      } else if let first = walk.certain({ walk.firstSampler(of: maker) }) {
        takeSampler(first, walk)
      }
    } else if let saver = walk.savers(fileName: fileName).first {
      takeSaver(saver, walk)
    }
  }

  /// The setting that shows which of several nodes saved the file.
  static let filenamePrefix = "filename_prefix"

  private mutating func takeSampler(_ sampler: Int, _ walk: ComfyWalk) {
    let positive = walk.certain { walk.conditioning(of: sampler, .positive) }
    let negative = walk.certain { walk.conditioning(of: sampler, .negative) }
    prompt = positive?.texts.joined(separator: "\n") ?? ""
    set("negative_prompt", negative.map { .string($0.texts.joined(separator: "\n")) })
    set("guidance", positive?.guidance)
    setSeed(walk.certain { walk.seed(of: sampler) })
    setGuidanceScale(walk.certain { walk.guidanceScale(of: sampler) })
    if let size = walk.certain({ walk.latentSize(of: sampler) }) {
      setSize(width: .integer(size.width), height: .integer(size.height))
    }
    for (name, field, also) in [
      ("steps", ComfyField.steps, []), ("scheduler", .scheduler, []),
      ("denoise", .denoise, ["denoise_strength"]),
    ] {
      set(name, walk.certain { walk.schedule(of: sampler, name, field, also) })
    }
    let method = walk.certain { walk.method(of: sampler) }
    if method?.string != nil { set("sampler", method) }
    guard let found = walk.certain({ walk.model(ofSampler: sampler) }) else { return }
    model = found.name
    let loras = found.loras.all.map(JSONValue.string)
    if !loras.isEmpty { set("loras", .array(loras)) }
  }

  private mutating func takeService(_ node: Int, _ walk: ComfyWalk) {
    let inputs = walk.node(node)
    // Some nodes have several prompts, of which all but one are empty.
    func text(_ names: [String]) -> String? {
      walk.certain { () -> String? in
        for name in names where inputs.hasInput(name) {
          let text = walk.text(node, name).known
          if text != "" { return text }
        }
        return nil
      }
    }
    func value(_ names: [String]) -> JSONValue? { walk.certain { walk.value(node, names) } }
    func side(_ name: String) -> JSONValue? {
      walk.certain { walk.side(name, of: node) }.map(JSONValue.integer)
    }
    prompt = text(ComfyService.prompt) ?? ""
    if !ComfyService.withoutNegative.contains(inputs.kind) {
      set("negative_prompt", text(ComfyService.negative).map(JSONValue.string))
    }
    setSeed(value(ComfyService.seed))
    setGuidanceScale(value(ComfyService.guidance)?.decimal)
    set("steps", value(["steps"]))
    model = value(["model", "model_name"])?.string
    let preset = value(ComfyService.size)?.string
    if let size = preset.flatMap({ ComfyWalk.size(in: $0) }) {
      setSize(width: .integer(size.width), height: .integer(size.height))
    } else if preset == nil || preset?.lowercased().contains("custom") == true {
      for (width, height) in ComfyService.sides where inputs.hasInput(width) {
        setSize(width: side(width), height: side(height))
      }
    } else {
      set("size", preset.map(JSONValue.string))
    }
  }

  /// The values that made the image are often linked to saving nodes.
  ///
  /// Typed values are ignored, because most of them are placeholders.
  private mutating func takeSaver(_ saver: Int, _ walk: ComfyWalk) {
    let links = walk.node(saver).links
    func text(_ names: [String]) -> String? {
      walk.certain { names.first { links[$0] != nil }.flatMap { walk.text(saver, $0).known } }
    }
    func value(_ names: [String]) -> JSONValue? {
      walk.certain { names.first { links[$0] != nil }.flatMap { walk.value(saver, [$0]) } }
    }
    prompt = text(["positive", "positive_prompt", "prompt"]) ?? ""
    set("negative_prompt", text(["negative", "negative_prompt"]).map(JSONValue.string))
    setSeed(value(["seed_value", "seed"]))
    setGuidanceScale(value(["cfg"])?.decimal)
    model = value(["modelname", "model_name", "ckpt_name"])?.string
  }
}

/// The conditioning inputs of a sampler or guider.
struct ComfySteering {
  private(set) var positive = ["positive"]
  private(set) var negative = ["negative"]
  private(set) var cfg = ["cfg"]

  init(_ node: ComfyGraph.Node) {
    switch node.kind {
    case "BasicGuider": (positive, negative, cfg) = (["conditioning"], [], [])
    case "DualCFGGuider":
      (positive, cfg) = (["cond1", "cond2"], ["cfg_conds", "cfg"])
    case "XlabsSampler":
      (positive, negative, cfg) = (["conditioning"], ["neg_conditioning"], ["true_gs"])
    case "RegionalSampler", "RegionalSamplerAdvanced":
      // The prompt of the whole image, and those of its regions.
      positive = ["base_sampler", "regional_prompts"]
      negative = positive
    case "WanVideoSampler": (positive, negative) = (["text_embeds"], ["text_embeds"])
    default:
      positive = Array(ComfyWalk.Side.positive.inputs.filter(node.hasInput).prefix(1))
      negative = Array(ComfyWalk.Side.negative.inputs.filter(node.hasInput).prefix(1))
      let isBundled = ComfyNodeTable.bundles.contains { node.links[$0] != nil }
      if positive.isEmpty, negative.isEmpty, !isBundled { positive = ["conditioning"] }
    }
  }
}
