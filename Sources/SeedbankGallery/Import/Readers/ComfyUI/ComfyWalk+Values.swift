extension ComfyWalk {
  /// The value of the first of these inputs that a node has, typed or linked.
  ///
  /// A linked input with an unknown value has none.
  func value(_ index: Int, _ names: [String]) -> JSONValue? {
    guard let name = names.first(where: node(index).hasInput) else { return nil }
    if let link = node(index).links[name] { return value(at: link, name) }
    return node(index).values[name].map(Self.unwrapped)
  }

  /// The value of a setting of a sampler: its own, or that of its bundle.
  func setting(_ field: ComfyField, of index: Int, also names: [String] = []) -> JSONValue? {
    if let value = value(index, names + field.inputs) { return value }
    guard let bundle = bundle(of: index),
      case .input(let owner, let name)? = source(of: field, at: origin(of: bundle).node)
    else { return nil }
    return value(owner, [name])
  }

  private func value(at link: Link, _ wanted: String) -> JSONValue? {
    values.once(ValueKey(link: link, name: wanted), limits, cost: cost(link.node)) {
      switch output(link) {
      case .value(let name)?: return value(link.node, [name])
      case .same(let names)?: return value(link.node, names)
      case .field(let field)?:
        guard case .input(let owner, let name)? = source(of: field, at: link.node) else {
          return nil
        }
        return value(owner, [name])
      case nil: return unknownValue(link.node, wanted)
      default: return chosenInput(of: link).flatMap { value(link.node, [$0]) }
      }
    }
  }

  /// An unknown node has a value only in an input of the same name, or if it has a single input.
  private func unknownValue(_ index: Int, _ wanted: String) -> JSONValue? {
    let node = node(index)
    let names = wanted.hasSuffix("seed") ? [wanted, "seed", "noise_seed"] : [wanted]
    if let name = names.first(where: node.hasInput) { return value(index, [name]) }
    guard node.inputCount == 1, let name = node.values.keys.first ?? node.links.keys.first else {
      return nil
    }
    return value(index, [name])
  }

  /// In some packs, the name of a file is inside an object.
  private static func unwrapped(_ value: JSONValue) -> JSONValue { value["content"] ?? value }
}
