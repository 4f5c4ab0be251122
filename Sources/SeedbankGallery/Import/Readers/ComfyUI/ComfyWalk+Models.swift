extension ComfyWalk {
  /// The name of a model, and the LoRAs between it and the sampler.
  struct Model {
    var name: String?
    var loras = LoRANames()
  }

  /// Names in the order in which they are found, each once.
  struct LoRANames {
    private(set) var all: [String] = []
    private var known: Set<String> = []

    mutating func add(_ name: String) {
      if known.insert(name).inserted { all.append(name) }
    }
  }

  /// The model of an input of a node or of its bundle.
  func model(of index: Int) -> Model {
    var found = Model()
    var seen: Set<Link> = []
    let links = node(index).links
    if let link = ComfyField.model.inputs.lazy.compactMap({ links[$0] }).first {
      found.name = name(at: link, &found.loras, &seen)
    } else if let bundle = bundle(of: index) {
      found.name = bundledName(at: origin(of: bundle).node, &found.loras, &seen)
    } else {
      found.name = modelFile(of: index)
    }
    return found
  }

  /// The model file that a node itself names.
  func modelFile(of index: Int) -> String? {
    modelFiles.once(index, limits, cost: 1) {
      let node = node(index)
      guard node.links["model"] == nil else { return nil }
      guard let name = ComfyNodeTable.modelFiles.first(where: node.hasInput) else {
        // Loaders of some packs call the file `model`.
        return node.kind.contains("ModelLoader") ? node.values["model"]?.string : nil
      }
      return value(index, [name])?.string
    }
  }

  private func bundledName(
    at index: Int, _ loras: inout LoRANames, _ seen: inout Set<Link>
  ) -> String? {
    switch source(of: .model, at: index) {
    case .maker(let maker)?:
      addLoRAs(of: maker, to: &loras)
      return modelFile(of: maker)
    case .input(let owner, let name)?:
      if isLoader(owner) { addLoRAs(of: owner, to: &loras) }
      return node(owner).links[name].flatMap { self.name(at: $0, &loras, &seen) }
    case nil: return nil
    }
  }

  private func isLoader(_ index: Int) -> Bool { node(index).kind.contains("oader") }

  private func name(
    at link: Link, _ loras: inout LoRANames, _ seen: inout Set<Link>
  ) -> String? {
    guard seen.insert(link).inserted else { return nil }
    return limits.nested(cost(link.node)) { resolvedName(at: link, &loras, &seen) }
  }

  private func resolvedName(
    at link: Link, _ loras: inout LoRANames, _ seen: inout Set<Link>
  ) -> String? {
    let index = link.node
    let node = node(index)
    addLoRAs(of: index, to: &loras)
    if let override = node.links["model_override"] {
      return name(at: override, &loras, &seen)
    }
    if let file = modelFile(of: index) { return file }
    if node.kind.hasPrefix("ModelMerge") || node.kind == "CheckpointMerge" {
      let names = ["model1", "model2", "model3"].compactMap { node.links[$0] }
        .compactMap { name(at: $0, &loras, &seen) }
      return names.isEmpty ? nil : names.joined(separator: " + ")
    }
    switch output(link) {
    case .same(let names)?:
      return names.compactMap { node.links[$0] }.first
        .flatMap { name(at: $0, &loras, &seen) }
    case .field?: return bundledName(at: index, &loras, &seen)
    case nil:
      let models = graph.linkedInputs(of: index).filter { $0.lowercased().hasSuffix("model") }
      if let link = node.links["model"] ?? (models.count == 1 ? node.links[models[0]] : nil) {
        return name(at: link, &loras, &seen)
      }
      return bundle(of: index) == nil
        ? nil : bundledName(at: index, &loras, &seen)
    default:
      return chosenInput(of: link).flatMap { node.links[$0] }
        .flatMap { name(at: $0, &loras, &seen) }
    }
  }

  private func addLoRAs(of index: Int, to loras: inout LoRANames) {
    var seen: Set<Int> = []
    var next: Int? = index
    while let current = next, !isOff(current), seen.insert(current).inserted,
      // All values of the node are looked at.
      limits.count(cost(current) + loraValueCount(of: current) / 8)
    {
      for name in ownLoRAs(of: current) { loras.add(name) }
      let links = node(current).links
      next =
        ["lora_stack", "optional_lora_stack", "lora"].lazy.compactMap { links[$0] }.first?.node
    }
  }
}
