extension ForeignRecord {
  /// Takes the values of the graph for its image.
  ///
  /// - Parameter fileName: the name of the image file, which shows which node saved it.
  mutating func take(_ graph: ComfyGraph, fileName: String?) {
    let walk = ComfyWalk(graph: graph)
    set(Self.filenamePrefix, walk.tellingPrefix(fileName: fileName).map(JSONValue.string))
    if let maker = walk.maker(fileName: fileName) {
      if ComfyService.kinds.contains(walk.node(maker).kind) {
        takeService(maker, walk)
      } else {
        takeSampler(walk.firstSampler(of: maker), walk)
      }
    } else if let saver = walk.savers(fileName: fileName).first {
      takeSaver(saver, walk)
    }
  }

  /// The setting that shows which of several nodes saved the file.
  static let filenamePrefix = "filename_prefix"

  private mutating func takeSampler(_ sampler: Int, _ walk: ComfyWalk) {
    let links = walk.node(sampler).links
    let guider = walk.guider(of: sampler)
    let steering = ComfySteering(walk.node(guider ?? sampler))
    let (positive, negative) = walk.sides(of: sampler)
    prompt = positive.texts.joined(separator: "\n")
    set("negative_prompt", .string(negative.texts.joined(separator: "\n")))
    set("guidance", positive.guidance)

    let noise = links["noise"].map { walk.origin(of: $0).node }
    setSeed(
      walk.setting(.seed, of: sampler) ?? noise.flatMap { walk.value($0, ["noise_seed", "seed"]) })
    let cfg = guider.flatMap { walk.value($0, steering.cfg) }
    setGuidanceScale(
      (cfg ?? walk.setting(.cfg, of: sampler, also: steering.cfg))?.decimal)
    let size = walk.latentSize(of: sampler)
    setSize(
      width: size.map { .integer($0.width) }, height: size.map { .integer($0.height) })
    takeSchedule(sampler, walk)

    var found = walk.model(of: sampler)
    if let guider, found.name == nil { found = walk.model(of: guider) }
    model = found.name
    if !found.loras.isEmpty { set("loras", .array(found.loras.map(JSONValue.string))) }
  }

  private mutating func takeSchedule(_ sampler: Int, _ walk: ComfyWalk) {
    let links = walk.node(sampler).links
    let sigmas = links["sigmas"].map { walk.origin(of: $0).node }
    let chosen = links["sampler"].map { walk.origin(of: $0).node }
    for (name, field, also) in [
      ("steps", ComfyField.steps, []), ("scheduler", .scheduler, []),
      ("denoise", .denoise, ["denoise_strength"]),
    ] {
      set(
        name,
        sigmas.flatMap { walk.value($0, [name]) } ?? walk.setting(field, of: sampler, also: also))
    }
    let name =
      chosen.flatMap { walk.value($0, ["sampler_name"]) } ?? walk.setting(.sampler, of: sampler)
    if name?.string != nil { set("sampler", name) }
  }

  private mutating func takeService(_ node: Int, _ walk: ComfyWalk) {
    let inputs = walk.node(node)
    func text(_ names: [String]) -> String? {
      names.first(where: inputs.hasInput).flatMap { walk.text(node, $0).known }
    }
    prompt = text(ComfyService.prompt) ?? ""
    set("negative_prompt", text(ComfyService.negative).map(JSONValue.string))
    setSeed(walk.value(node, ComfyService.seed))
    setGuidanceScale(walk.value(node, ComfyService.guidance)?.decimal)
    model = walk.value(node, ["model", "model_name"])?.string
    let preset = walk.value(node, ComfyService.size)?.string
    if let size = preset.flatMap({ ComfyWalk.size(in: $0) }) {
      setSize(width: .integer(size.width), height: .integer(size.height))
    } else if preset == nil || preset?.lowercased().contains("custom") == true {
      for (width, height) in ComfyService.sides where inputs.hasInput(width) {
        setSize(width: walk.value(node, [width]), height: walk.value(node, [height]))
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
    func linked(_ names: [String]) -> String? { names.first { links[$0] != nil } }
    prompt =
      linked(["positive", "positive_prompt", "prompt"])
      .flatMap { walk.text(saver, $0).known } ?? ""
    set(
      "negative_prompt",
      linked(["negative", "negative_prompt"])
        .flatMap { walk.text(saver, $0).known }.map(JSONValue.string))
    setSeed(linked(["seed_value", "seed"]).flatMap { walk.value(saver, [$0]) })
    setGuidanceScale(linked(["cfg"]).flatMap { walk.value(saver, [$0]) }?.decimal)
    model =
      linked(["modelname", "model_name", "ckpt_name"])
      .flatMap { walk.value(saver, [$0]) }?.string
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
    case "WanVideoSampler": (positive, negative) = (["text_embeds"], ["text_embeds"])
    default:
      positive = Array(ComfyWalk.Side.positive.inputs.filter(node.hasInput).prefix(1))
      negative = Array(ComfyWalk.Side.negative.inputs.filter(node.hasInput).prefix(1))
      let isBundled = ComfyNodeTable.bundles.contains { node.links[$0] != nil }
      if positive.isEmpty, negative.isEmpty, !isBundled { positive = ["conditioning"] }
    }
  }
}
