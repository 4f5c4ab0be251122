import SeedbankProviders

extension SubmitRequest {
  /// Removes the parameters that a service does not take.
  ///
  /// - Parameter chosen: Fields that the user has set. They stay, so that an error names them.
  /// - Returns: Those that were removed.
  mutating func leaveOutUnsupported(
    by service: any ImageService, except chosen: [RequestField]
  ) -> [RequestParameter] {
    var removed: [RequestParameter] = []
    let listed = service.rules(of: parameters.model)
    if parameters.model != nil, listed.family == nil, !chosen.contains(.model) {
      parameters.model = nil
      removed.append(.model)
    }
    let rules = service.rules(of: parameters.model)
    if parameters.seed != nil, !rules.takesSeed, !chosen.contains(.seed) {
      parameters.seed = nil
      removed.append(.seed)
    }
    if parameters.guidanceScale != nil, rules.guidance == .notAccepted,
      !chosen.contains(.guidanceScale)
    {
      parameters.guidanceScale = nil
      removed.append(.guidanceScale)
    }
    if let size = parameters.size, !rules.sizes.allows(size), !chosen.contains(.size) {
      parameters.size = nil
      removed.append(.size)
    }
    if parameters.watermark != nil, rules.watermark == .ignored {
      parameters.watermark = nil
      removed.append(.watermark)
    }
    if let format = parameters.responseFormat, !rules.responseFormats.contains(format),
      !chosen.contains(.responseFormat)
    {
      parameters.responseFormat = nil
      removed.append(.responseFormat)
    }
    if let format = parameters.outputFormat, !rules.outputFormats.contains(format),
      !rules.unchecked.contains(.outputFormat)
    {
      parameters.outputFormat = nil
      removed.append(.outputFormat)
    }
    if let mode = parameters.promptMode, !rules.promptModes.contains(mode),
      !rules.unchecked.contains(.promptMode)
    {
      parameters.promptMode = nil
      removed.append(.promptMode)
    }
    if let group = parameters.group,
      group > rules.largestGroup(references: parameters.references.count)
    {
      parameters.group = nil
      removed.append(.group)
    }
    return removed
  }
}

extension SubmitRequest {
  /// Removes the parameters that a service ignores, so that they are not recorded as sent.
  ///
  /// - Returns: Those that were removed.
  mutating func leaveOutIgnored(by service: any ImageService) -> [RequestParameter] {
    let before = parameters
    self = leavingOutIgnored(by: service)
    var removed: [RequestParameter] = []
    if parameters.seed != before.seed { removed.append(.seed) }
    if parameters.watermark != before.watermark { removed.append(.watermark) }
    return removed
  }
}

extension RequestFields {
  /// The readable fields, for an estimate of the price.
  var loose: SubmitRequest {
    SubmitRequest(
      prompt: prompt,
      parameters: RequestParameters(
        model: model, size: size.flatMap { ImageSize($0) }, seed: seed,
        guidanceScale: guidanceScale, watermark: watermark))
  }
}
