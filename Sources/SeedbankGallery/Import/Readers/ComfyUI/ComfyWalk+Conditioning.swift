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
    private var known: Set<String> = []
    fileprivate var seen: Set<Visit> = []

    fileprivate struct Visit: Hashable {
      let link: ComfyGraph.Link
      let side: Side
    }

    fileprivate mutating func add(_ text: String?) {
      guard let text, !text.isEmpty, known.insert(text).inserted else { return }
      texts.append(text)
    }
  }

  /// The guider of a sampler that has one.
  func guider(of sampler: Int) -> Int? {
    node(sampler).links["guider"].map { origin(of: $0).node }
  }

  /// The texts of a side of a sampler, or of its guider, or those of its bundle if it has no inputs for
  /// the side.
  func conditioning(of sampler: Int, _ side: Side) -> Conditioning {
    let index = guider(of: sampler) ?? sampler
    let steering = ComfySteering(node(index))
    let inputs = side == .positive ? steering.positive : steering.negative
    var found = Conditioning()
    for input in inputs { follow(index, input, side, &found) }
    if !inputs.contains(where: node(index).hasInput), let bundle = bundle(of: index) {
      collectField(side, at: origin(of: bundle).node, &found)
    }
    return found
  }

  /// Loaders contain prompts as text instead of conditioning.
  private func follow(
    _ index: Int, _ input: String, _ side: Side, _ found: inout Conditioning
  ) {
    if let link = node(index).links[input] {
      collect(link, side, &found)
    } else {
      add(node(index).values[input]?.string, to: &found)
    }
  }

  private func add(_ text: String?, to found: inout Conditioning) {
    guard let text, limits.count(text) else { return }
    found.add(text)
  }

  private func collect(_ link: Link, _ side: Side, _ found: inout Conditioning) {
    guard found.seen.insert(.init(link: link, side: side)).inserted else { return }
    limits.nested(cost(link.node)) { collectInputs(of: link, side, &found) }
  }

  private func collectInputs(of link: Link, _ side: Side, _ found: inout Conditioning) {
    if side == .positive, found.guidance == nil { found.guidance = value(link.node, ["guidance"]) }
    switch output(link) {
    case .nothing?, .generated?: return
    case .encoded(let names)?:
      for name in names { add(text(link.node, name).known, to: &found) }
    case .same(let names)?:
      for name in names { follow(link.node, name, side, &found) }
    case .field(let field)?:
      switch field {
      case .positive: collectField(.positive, at: link.node, &found)
      case .negative: collectField(.negative, at: link.node, &found)
      default: collectField(side, at: link.node, &found)
      }
    case .value?, .joined?, .joinedAll?, .mixed?: add(text(at: link).known, to: &found)
    case nil: collectUnknown(link, side, &found)
    default:
      guard let name = chosenInput(of: link) else { return }
      follow(link.node, name, side, &found)
    }
  }

  private func collectField(_ side: Side, at index: Int, _ found: inout Conditioning) {
    guard case .input(let owner, let name)? = source(of: side.field, at: index) else { return }
    let before = found.texts.count
    follow(owner, name, side, &found)
    if found.texts.count == before, node(owner).links[name] != nil {
      add(text(owner, name).known, to: &found)
    }
    let node = node(owner)
    guard name.hasPrefix("optional_"), let mode = node.values["conditioning_mode"]?.string,
      mode != "replace", let bundle = bundle(of: owner)
    else { return }
    limits.nested(cost(owner)) {
      collectField(side, at: origin(of: bundle).node, &found)
    }
  }

  /// Unknown nodes, by the names of their inputs: the side's own input, a single conditioning, a bundle,
  /// or the text of a class with an encoder's name.
  private func collectUnknown(_ link: Link, _ side: Side, _ found: inout Conditioning) {
    let node = node(link.node)
    if let name = side.inputs.first(where: node.hasInput) {
      return follow(link.node, name, side, &found)
    }
    let conditionings = graph.linkedInputs(of: link.node).filter {
      $0.lowercased().hasPrefix("cond")
    }
    if conditionings.count == 1 {
      return follow(link.node, conditionings[0], side, &found)
    }
    let kind = node.kind.lowercased()
    if conditionings.count > 1 {
      guard kind.contains("combine") || kind.contains("concat") else { return }
      for name in conditionings { follow(link.node, name, side, &found) }
      return
    }
    if bundle(of: link.node) != nil {
      return collectField(side, at: link.node, &found)
    }
    guard kind.contains("textencode") else { return }
    for name in ComfyNodeTable.prompts where node.hasInput(name) {
      add(text(link.node, name).known, to: &found)
    }
  }
}
