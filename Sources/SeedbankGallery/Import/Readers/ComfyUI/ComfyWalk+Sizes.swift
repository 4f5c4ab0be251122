extension ComfyWalk {
  typealias Size = (width: Int64, height: Int64)

  /// The size of the latent image of a sampler.
  func latentSize(of sampler: Int) -> Size? {
    let links = node(sampler).links
    var seen: Set<Link> = []
    if let link = ComfyField.latent.inputs.lazy.compactMap({ links[$0] }).first {
      return size(at: link, &seen)
    }
    guard let bundle = bundle(of: sampler) else { return nil }
    return bundledSize(at: origin(of: bundle).node, &seen)
  }

  /// The size that a node itself names.
  func latentSize(at index: Int) -> Size? {
    latentSizes.once(index, limits, cost: 1) {
      for name in ["dimensions", "resolution"] {
        if let text = node(index).values[name]?.string, let size = Self.size(in: text) {
          return exchanged(size, by: "invert", of: index).flatMap { overridden($0, at: index) }
        }
      }
      return hasRatio(index) ? chosenSize(at: index) : typedSize(at: index)
    }
  }

  private func typedSize(at index: Int) -> Size? {
    for (width, height) in [
      ("width", "height"), ("empty_latent_width", "empty_latent_height"),
    ] {
      if let width = side(width, of: index), let height = side(height, of: index) {
        return (width, height)
      }
    }
    return nil
  }

  /// A side of an image that a node has as a value, typed or linked.
  func side(_ name: String, of index: Int) -> Int64? {
    guard let link = node(index).links[name].map(origin(of:)), hasRatio(link.node) else {
      return value(index, [name])?.wholeNumber
    }
    if ComfyNodeTable.ratioLists.contains(node(link.node).kind) {
      guard let size = latentSize(at: link.node) else { return nil }
      switch link.slot {
      case 0: return size.width
      case 1: return size.height
      default: return nil
      }
    }
    return usesSides(link.node) ? value(index, [name])?.wholeNumber : nil
  }

  private func bundledSize(at index: Int, _ seen: inout Set<Link>) -> Size? {
    switch source(of: .latent, at: index) {
    case .maker(let maker)?: return latentSize(at: maker)
    case .input(let owner, let name)?:
      return node(owner).links[name].flatMap { size(at: $0, &seen) }
    case nil: return nil
    }
  }

  private func size(at link: Link, _ seen: inout Set<Link>) -> Size? {
    guard seen.insert(link).inserted else { return nil }
    return limits.nested(cost(link.node)) { resolvedSize(at: link, &seen) }
  }

  private func resolvedSize(at link: Link, _ seen: inout Set<Link>) -> Size? {
    let index = link.node
    if let size = latentSize(at: index) { return size }
    // It changes the size in a way that is not known.
    if hasRatio(index) { return nil }
    let links = node(index).links
    var next: Link?
    switch output(link) {
    case .same(let names)?: next = names.lazy.compactMap { links[$0] }.first
    case .field?: return bundledSize(at: index, &seen)
    case nil:
      let pictures = pictureInputs(of: index)
      next =
        ComfyField.latent.inputs.lazy.compactMap { links[$0] }.first
        ?? (pictures.count == 1 ? links[pictures[0]] : nil)
    default: next = chosenInput(of: link).flatMap { links[$0] }
    }
    return next.flatMap { size(at: $0, &seen) }
  }

  // MARK: Lists of ratios

  /// Whether a node has a list of ratios.
  ///
  /// Its width and height count only if `custom` is chosen.
  private func hasRatio(_ index: Int) -> Bool { node(index).hasInput("aspect_ratio") }

  private func usesSides(_ index: Int) -> Bool {
    value(index, ["aspect_ratio"])?.string?.lowercased().contains("custom") == true
  }

  /// The size for the chosen ratio, such as `3:4 portrait 896x1152`.
  private func chosenSize(at index: Int) -> Size? {
    guard let choice = value(index, ["aspect_ratio"])?.string else { return nil }
    let size = ComfyNodeTable.otherSizes[choice] ?? Self.size(in: choice)
    return (size ?? (usesSides(index) ? typedSize(at: index) : nil))
      .flatMap { exchanged($0, by: "swap_dimensions", of: index) }
      .flatMap { scaled($0, at: index) }
  }

  /// The size with exchanged sides if this option of a node is on; nil if the option is not known.
  private func exchanged(_ size: Size, by option: String, of index: Int) -> Size? {
    guard node(index).hasInput(option) else { return size }
    guard let isOn = value(index, [option]).flatMap(Self.truth) else { return nil }
    return isOn ? (width: size.height, height: size.width) : size
  }

  private func scaled(_ size: Size, at index: Int) -> Size? {
    guard node(index).hasInput("prescale_factor") else { return size }
    guard let factor = value(index, ["prescale_factor"])?.decimal,
      let width = Int64(exactly: (Double(size.width) * factor).rounded(.towardZero)),
      let height = Int64(exactly: (Double(size.height) * factor).rounded(.towardZero))
    else { return nil }
    return (width, height)
  }

  /// The size with the sides that replace it, unless they are 0.
  private func overridden(_ size: Size, at index: Int) -> Size? {
    var sides = [size.width, size.height]
    for (position, name) in ["width_override", "height_override"].enumerated()
    where node(index).hasInput(name) {
      guard let side = value(index, [name])?.wholeNumber else { return nil }
      if side > 0 { sides[position] = side }
    }
    return (sides[0], sides[1])
  }

  /// The first two numbers with an `x` between them, as in `2048x2048 (1:1)`.
  static func size(in text: String) -> Size? {
    guard let match = text.prefix(200).firstMatch(of: /(\d{2,5})\s*[x×*]\s*(\d{2,5})/),
      let width = Int64(match.1), let height = Int64(match.2)
    else { return nil }
    return (width, height)
  }
}
