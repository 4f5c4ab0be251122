extension ComfyWalk {
  /// The source of a field of a bundle.
  enum FieldSource {
    case input(Int, String)
    /// The node makes it: a sampler its image, a loader its model.
    case maker(Int)
  }

  /// The source of a field at a node that passes on a bundle: the node's own input, or else its bundle.
  func source(of field: ComfyField, at index: Int) -> FieldSource? {
    sources.once(FieldKey(field: field, node: index), limits, cost: cost(index)) {
      if let own = ownSource(of: field, at: index) { return own }
      if let choice = ComfyNodeTable.choice(of: node(index).kind) {
        return chosen(choice, field, at: index)
      }
      return bundle(of: index).flatMap { source(of: field, at: origin(of: $0).node) }
    }
  }

  /// The link of the first bundle of a node.
  func bundle(of index: Int) -> Link? {
    let links = node(index).links
    return ComfyNodeTable.bundles.lazy.compactMap { links[$0] }.first
  }

  private func ownSource(of field: ComfyField, at index: Int) -> FieldSource? {
    let node = node(index)
    switch field {
    case .image, .latent:
      if isSampler(index) { return .maker(index) }
    case .model:
      if modelFile(of: index) != nil && node.links["model_override"] == nil {
        return .maker(index)
      }
    default: break
    }
    let name = field.inputs.first { name in
      // An empty optional prompt does not count.
      node.links[name] != nil
        || node.values[name].map { !(name.hasPrefix("optional_") && $0 == .string("")) } ?? false
    }
    if let name { return .input(index, name) }
    if case .latent = field, latentSize(at: index) != nil { return .maker(index) }
    return nil
  }

  private func chosen(
    _ choice: ComfyOutput, _ field: ComfyField, at index: Int
  ) -> FieldSource? {
    let links = node(index).links
    var names = graph.linkedInputs(of: index)
    switch choice {
    case .merged(let prefix): names = names.reversed().filter { $0.hasPrefix(prefix) }
    case .first(let prefix): names = Array(names.filter { $0.hasPrefix(prefix) }.prefix(1))
    default: return nil
    }
    return names.lazy.compactMap { links[$0] }
      .compactMap { source(of: field, at: origin(of: $0).node) }.first
  }
}
