extension ComfyWalk {
  /// The value of the first of these inputs that a node has, typed or linked.
  ///
  /// A linked input with an unknown value has none.
  func value(_ index: Int, _ names: [String], depth: Int = deepest) -> JSONValue? {
    guard depth > 0, let name = names.first(where: node(index).hasInput) else { return nil }
    if let link = node(index).links[name] { return value(at: link, name, depth: depth - 1) }
    return node(index).values[name].map(Self.unwrapped)
  }

  /// The value of a setting of a sampler: its own, or that of its bundle.
  func setting(_ field: ComfyField, of index: Int, also names: [String] = []) -> JSONValue? {
    if let value = value(index, names + field.inputs) { return value }
    guard let bundle = bundle(of: index),
      case .input(let owner, let name)? = source(
        of: field, at: origin(of: bundle).node, depth: Self.deepest)
    else { return nil }
    return value(owner, [name])
  }

  private func value(at link: Link, _ wanted: String, depth: Int) -> JSONValue? {
    guard depth > 0, mayVisit(link.node) else { return nil }
    switch output(link) {
    case .value(let name)?: return value(link.node, [name], depth: depth)
    case .same(let names)?: return value(link.node, names, depth: depth)
    case .field(let field)?:
      guard case .input(let owner, let name)? = source(of: field, at: link.node, depth: depth)
      else { return nil }
      return value(owner, [name], depth: depth)
    case nil: return unknownValue(link.node, wanted, depth: depth)
    case let output?:
      return chosenInput(output, of: link.node, depth: depth)
        .flatMap { value(link.node, [$0], depth: depth) }
    }
  }

  /// An unknown node has a value only in an input of the same name, or if it has a single input.
  private func unknownValue(_ index: Int, _ wanted: String, depth: Int) -> JSONValue? {
    let node = node(index)
    let names = wanted.hasSuffix("seed") ? [wanted, "seed", "noise_seed"] : [wanted]
    if let name = names.first(where: node.hasInput) { return value(index, [name], depth: depth) }
    guard node.inputCount == 1, let name = node.values.keys.first ?? node.links.keys.first else {
      return nil
    }
    return value(index, [name], depth: depth)
  }

  /// In some packs, the name of a file is inside an object.
  private static func unwrapped(_ value: JSONValue) -> JSONValue { value["content"] ?? value }
}
