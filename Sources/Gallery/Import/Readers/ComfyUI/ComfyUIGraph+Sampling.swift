extension ComfyUIGraph {
  /// The sampler nearest above a node that saves or shows an image; else the only or first sampler.
  var finalSampler: Node? {
    let ordered = ordered
    let savers = ordered.filter { $0.kind.contains("Save") || $0.kind.contains("Preview") }
    for saver in savers {
      if let sampler = upstream(of: saver).first(where: isSampler) { return sampler }
    }
    return ordered.first(where: isSampler)
  }

  private func isSampler(_ node: Node) -> Bool {
    let takesPictures = node.inputs["latent_image"] != nil || node.inputs["latent"] != nil
    let isSteered = ["positive", "guider", "pipe", "basic_pipe"].contains {
      node.inputs[$0]?.elements != nil
    }
    return isSteered && (takesPictures || node.kind.contains("Sampler"))
  }

  /// The name of the checkpoint at or above a node.
  func modelName(above node: Node) -> String? {
    for node in [node] + upstream(of: node) {
      for name in ["ckpt_name", "base_ckpt_name", "unet_name", "model_name"] {
        if let value = value(node, name)?.string { return value }
      }
    }
    return nil
  }

  /// The names of the LoRAs at or above a node, those that are switched off left out.
  func loras(above node: Node) -> [String] {
    ([node] + upstream(of: node)).flatMap { node in
      node.inputs.keys.sorted().compactMap { name -> String? in
        guard name.lowercased().hasPrefix("lora_") else { return nil }
        if let entry = node.inputs[name]?.members {
          return entry["on"] == .bool(false) ? nil : entry["lora"]?.string
        }
        guard name.hasPrefix("lora_name") || Int(name.dropFirst(5)) != nil else { return nil }
        return value(node, name)?.string.flatMap { $0 == "None" ? nil : $0 }
      }
    }
  }

  /// The nearest node at or above one that says how large the latent picture is.
  func latentSize(above node: Node) -> (width: JSONValue, height: JSONValue)? {
    let pictures = upstream(of: node) { ["latent_image", "latent", "samples"].contains($0) }
    for node in pictures {
      if let width = value(node, "width"), let height = value(node, "height"),
        width.wholeNumber != nil, height.wholeNumber != nil
      {
        return (width, height)
      }
    }
    return nil
  }

  /// The nearest value of an input at or above a node's conditioning.
  func conditioningValue(_ input: String, above node: Node) -> JSONValue? {
    upstream(of: node, through: Role.positive.follows).lazy.compactMap { value($0, input) }.first
  }
}
