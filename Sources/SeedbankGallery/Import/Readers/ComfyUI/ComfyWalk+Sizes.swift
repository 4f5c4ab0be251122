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
          return size
        }
      }
      for (width, height) in [
        ("width", "height"), ("empty_latent_width", "empty_latent_height"),
      ] {
        if let width = value(index, [width])?.wholeNumber,
          let height = value(index, [height])?.wholeNumber
        {
          return (width, height)
        }
      }
      return nil
    }
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

  /// The first two numbers with an `x` between them, as in `2048x2048 (1:1)`.
  static func size(in text: String) -> Size? {
    guard let match = text.prefix(200).firstMatch(of: /(\d{2,5})\s*[x×*]\s*(\d{2,5})/),
      let width = Int64(match.1), let height = Int64(match.2)
    else { return nil }
    return (width, height)
  }
}
