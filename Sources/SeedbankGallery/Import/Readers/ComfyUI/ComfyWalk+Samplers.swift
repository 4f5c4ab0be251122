extension ComfyWalk {
  /// Whether a node makes an image from noise: its class is named a sampler, and it has conditioning, a
  /// guider or a bundle as input.
  func isSampler(_ index: Int) -> Bool {
    let node = node(index)
    let kind = node.kind.lowercased()
    guard kind.contains("sampler"), !kind.contains("select"),
      !kind.contains("provider"), !kind.contains("scheduler")
    else { return false }
    let steering = [
      "positive", "guider", "conditioning", "pos", "text_embeds", "pipe", "basic_pipe",
      "sdxl_tuple", "context", "sdxl_pipe", "base_sampler",
    ]
    return steering.contains { node.links[$0] != nil }
  }

  /// Nodes that paint a part of an image again, such as faces.
  ///
  /// The values of the node that made the input image are used. Without such a node, the values of this
  /// node are used.
  func isTouchUp(_ index: Int) -> Bool {
    let kind = node(index).kind
    return kind.contains("Detailer") && !kind.contains("Pipe") && !kind.contains("Provider")
      || Self.touchUps.contains(kind)
  }

  private static let touchUps: Set<String> = [
    "FaceDetailerPipe", "DetailerForEachPipe", "DetailerForEachPipeForAnimateDiff",
    "MaskDetailerPipe", "DetailerForEachDebugPipe", "UltimateSDUpscale",
    "UltimateSDUpscaleNoUpscale", "UltimateSDUpscaleCustomSample", "easy detailerFix",
    "easy preDetailerFix", "easy hiresFix", "easy ultralyticsDetectorPipe",
    "IterativeImageUpscale", "IterativeLatentUpscale", "SUPIR_sample", "SUPIR_Upscale",
  ]

  /// The sampler or service node that made the value of an output.
  func producer(of link: Link) -> Int? {
    producers.once(link, limits, cost: cost(link.node)) {
      let index = link.node
      if isTouchUp(index) { return producer(of: index, pictureInputs(of: index)) ?? index }
      if isSampler(index) || ComfyService.kinds.contains(node(index).kind) { return index }
      switch output(link) {
      case .same(let names)?: return producer(of: index, names)
      case .field(let field)?:
        let wanted: ComfyField = field.inputs.isEmpty ? .image : field
        switch source(of: wanted, at: index) {
        case .maker(let maker)? where isSampler(maker): return maker
        case .input(let owner, let name)?: return producer(of: owner, [name])
        default: return nil
        }
      case nil: return unknownProducer(index)
      default: return chosenInput(of: link).flatMap { producer(of: index, [$0]) }
      }
    }
  }

  /// The first producer behind these inputs.
  func producer(of index: Int, _ inputs: [String]) -> Int? {
    for name in inputs {
      guard let link = node(index).links[name] else { continue }
      if Self.isImage(name), asksForImage(link.node) { return link.node }
      if let found = producer(of: link) { return found }
    }
    return nil
  }

  /// For an unknown node: by its only image, or else its only link, or else all of its links if they
  /// agree.
  private func unknownProducer(_ index: Int) -> Int? {
    let pictures = pictureInputs(of: index)
    let names = pictures.isEmpty ? graph.linkedInputs(of: index) : pictures
    let found = Set(names.compactMap { producer(of: index, [$0]) })
    return found.count == 1 ? found.first : nil
  }

  /// The linked inputs with names of images.
  func pictureInputs(of index: Int) -> [String] {
    graph.linkedInputs(of: index).filter { name in
      let name = name.lowercased()
      return ["image", "latent", "sample", "pixel", "frame", "picture"].contains(
        where: name.contains)
        && !["mask", "ref", "control", "style", "upscaler"].contains(where: name.contains)
    }
  }

  /// The sampler that began the image.
  ///
  /// A later sampler continues its work if it adds no noise, or if it repaints the image with the
  /// same prompts, as after an enlargement.
  func firstSampler(of sampler: Int) -> Int {
    var current = sampler
    var seen: Set<Int> = [sampler]
    while let earlier = earlierSampler(of: current), seen.insert(earlier).inserted,
      !addsNoise(current) || repaints(current) && hasSamePrompts(current, earlier)
    {
      current = earlier
    }
    return current
  }

  /// The sampler whose image or latent image this one began with.
  private func earlierSampler(of sampler: Int) -> Int? {
    ComfyField.latent.inputs.lazy.compactMap { node(sampler).links[$0] }.first
      .flatMap(producer(of:)).flatMap { isSampler($0) ? $0 : nil }
  }

  private func hasSamePrompts(_ first: Int, _ second: Int) -> Bool {
    [Side.positive, .negative].allSatisfy { side in
      conditioning(of: first, side).texts == conditioning(of: second, side).texts
    }
  }

  /// Whether a sampler changes only part of the image that it was given.
  private func repaints(_ index: Int) -> Bool {
    let sigmas = node(index).links["sigmas"].map { origin(of: $0).node }
    let denoise =
      sigmas.flatMap { value($0, ["denoise"]) }
      ?? setting(.denoise, of: index, also: ["denoise_strength"])
    return denoise?.decimal.map { $0 < 1 } ?? false
  }

  private func addsNoise(_ index: Int) -> Bool {
    if let noise = node(index).links["noise"] {
      return node(origin(of: noise).node).kind != "DisableNoise"
    }
    switch value(index, ["add_noise"]) {
    case .string("disable")?, .bool(false)?: return false
    default: return true
    }
  }
}
