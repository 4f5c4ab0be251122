extension ComfyWalk {
  /// The node behind an input of a sampler.
  private func part(_ input: String, of sampler: Int) -> Int? {
    node(sampler).links[input].map { origin(of: $0).node }
  }

  func seed(of sampler: Int) -> JSONValue? {
    setting(.seed, of: sampler)
      ?? part("noise", of: sampler).flatMap { value($0, ["noise_seed", "seed"]) }
  }

  func guidanceScale(of sampler: Int) -> Double? {
    let guider = guider(of: sampler)
    let names = ComfySteering(node(guider ?? sampler)).cfg
    let own = guider.flatMap { value($0, names) }
    return (own ?? setting(.cfg, of: sampler, also: names))?.decimal
  }

  /// A value of the scheduler of a sampler, or of the sampler itself.
  func schedule(
    of sampler: Int, _ name: String, _ field: ComfyField, _ names: [String]
  ) -> JSONValue? {
    part("sigmas", of: sampler).flatMap { value($0, [name]) }
      ?? setting(field, of: sampler, also: names)
  }

  /// The name of the sampling method.
  func method(of sampler: Int) -> JSONValue? {
    part("sampler", of: sampler).flatMap { value($0, ["sampler_name"]) }
      ?? setting(.sampler, of: sampler)
  }

  /// The model of a sampler, or of its guider.
  func model(ofSampler sampler: Int) -> Model {
    let found = model(of: sampler)
    guard found.name == nil, let guider = guider(of: sampler) else { return found }
    return model(of: guider)
  }
}
