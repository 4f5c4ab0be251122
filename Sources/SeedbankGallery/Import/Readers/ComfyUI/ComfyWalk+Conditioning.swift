extension ComfyWalk {
  /// Positive or negative conditioning.
  enum Side: Hashable {
    case positive, negative

    var field: ComfyField { self == .positive ? .positive : .negative }

    /// Inputs of nodes that the table does not know.
    var inputs: [String] {
      self == .positive
        ? ["positive", "pos", "base_positive", "positive_prompt"]
        : ["negative", "neg", "base_negative", "neg_conditioning", "negative_prompt"]
    }
  }

  /// The source of conditioning: its texts, each once in the order of the search, and Flux's guidance.
  struct Conditioning {
    fileprivate(set) var texts: [String] = []
    fileprivate(set) var guidance: JSONValue?
    fileprivate var seen: Set<Visit> = []

    fileprivate struct Visit: Hashable {
      let link: ComfyGraph.Link
      let side: Side
    }

    fileprivate mutating func add(_ text: String?) {
      guard let text, !text.isEmpty, !texts.contains(text) else { return }
      texts.append(text)
    }
  }

  /// The guider of a sampler that has one.
  func guider(of sampler: Int) -> Int? {
    node(sampler).links["guider"].map { origin(of: $0).node }
  }

  /// The texts of both sides of a sampler, or of its guider.
  func sides(of sampler: Int) -> (positive: Conditioning, negative: Conditioning) {
    let index = guider(of: sampler) ?? sampler
    let steering = ComfySteering(node(index))
    return (
      conditioning(index, steering.positive, .positive),
      conditioning(index, steering.negative, .negative)
    )
  }

  /// The texts of these inputs of a node for a side, or those of its bundle if it has none of the inputs.
  func conditioning(_ index: Int, _ inputs: [String], _ side: Side) -> Conditioning {
    var found = Conditioning()
    for input in inputs { follow(index, input, side, &found, depth: Self.deepest) }
    if !inputs.contains(where: node(index).hasInput), let bundle = bundle(of: index) {
      collectField(side, at: origin(of: bundle).node, &found, depth: Self.deepest)
    }
    return found
  }

  /// Loaders contain prompts as text instead of conditioning.
  private func follow(
    _ index: Int, _ input: String, _ side: Side, _ found: inout Conditioning, depth: Int
  ) {
    if let link = node(index).links[input] {
      collect(link, side, &found, depth: depth - 1)
    } else {
      found.add(node(index).values[input]?.string)
    }
  }

  private func collect(_ link: Link, _ side: Side, _ found: inout Conditioning, depth: Int) {
    guard depth > 0, mayVisit(link.node),
      found.seen.insert(.init(link: link, side: side)).inserted
    else { return }
    if side == .positive, found.guidance == nil { found.guidance = value(link.node, ["guidance"]) }
    switch output(link) {
    case .nothing?, .generated?: return
    case .encoded(let names)?:
      for name in names { found.add(text(link.node, name).known) }
    case .same(let names)?:
      for name in names { follow(link.node, name, side, &found, depth: depth) }
    case .field(let field)?:
      switch field {
      case .positive: collectField(.positive, at: link.node, &found, depth: depth)
      case .negative: collectField(.negative, at: link.node, &found, depth: depth)
      default: collectField(side, at: link.node, &found, depth: depth)
      }
    case .value?, .joined?, .joinedAll?, .mixed?: found.add(text(at: link).known)
    case nil: collectUnknown(link, side, &found, depth: depth)
    case let output?:
      guard let name = chosenInput(output, of: link.node, depth: depth) else { return }
      follow(link.node, name, side, &found, depth: depth)
    }
  }

  private func collectField(
    _ side: Side, at index: Int, _ found: inout Conditioning, depth: Int
  ) {
    guard depth > 0,
      case .input(let owner, let name)? = source(of: side.field, at: index, depth: depth)
    else { return }
    let before = found.texts.count
    follow(owner, name, side, &found, depth: depth)
    if found.texts.count == before, node(owner).links[name] != nil {
      found.add(text(owner, name).known)
    }
    let node = node(owner)
    guard name.hasPrefix("optional_"), let mode = node.values["conditioning_mode"]?.string,
      mode != "replace", let bundle = bundle(of: owner)
    else { return }
    collectField(side, at: origin(of: bundle).node, &found, depth: depth - 1)
  }

  /// Unknown nodes, by the names of their inputs: the side's own input, a single conditioning, a bundle,
  /// or the text of a class with an encoder's name.
  private func collectUnknown(
    _ link: Link, _ side: Side, _ found: inout Conditioning, depth: Int
  ) {
    let node = node(link.node)
    if let name = side.inputs.first(where: node.hasInput) {
      return follow(link.node, name, side, &found, depth: depth)
    }
    let conditionings = graph.linkedInputs(of: link.node).filter {
      $0.lowercased().hasPrefix("cond")
    }
    if conditionings.count == 1 {
      return follow(link.node, conditionings[0], side, &found, depth: depth)
    }
    let kind = node.kind.lowercased()
    if conditionings.count > 1 {
      guard kind.contains("combine") || kind.contains("concat") else { return }
      for name in conditionings { follow(link.node, name, side, &found, depth: depth) }
      return
    }
    if bundle(of: link.node) != nil {
      return collectField(side, at: link.node, &found, depth: depth)
    }
    guard kind.contains("textencode") else { return }
    for name in ComfyNodeTable.prompts where node.hasInput(name) {
      found.add(text(link.node, name).known)
    }
  }
}
