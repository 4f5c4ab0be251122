extension SubmitRequest {
  /// Checks every field against a service's table of models.
  ///
  /// - Returns: The warnings.
  /// - Throws: The first field that must not be sent.
  @discardableResult
  public func validate(
    for service: some ImageService = .pixazo
  ) throws(RequestError) -> [RequestWarning] {
    guard prompt.contains(where: { !$0.isWhitespace }) else { throw .emptyPrompt }
    guard !prompt.utf8.contains(0) else { throw .nulInPrompt }
    return try parameters.validate(for: service)
  }
}

extension RequestParameters {
  /// Checks without a prompt, for parameters that many prompts share.
  @discardableResult
  public func validate(
    for service: some ImageService = .pixazo
  ) throws(RequestError) -> [RequestWarning] {
    if let model {
      let isName = model.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
      guard isName, !model.isEmpty else { throw .badModel }
      try service.checkName(ofModel: model)
    } else if service.standardModel == nil {
      throw .modelRequired(example: service.models.first?.name ?? "")
    }
    let rules = service.rules(of: model)
    if let size, !rules.sizes.allows(size) {
      throw .sizeNotAllowed(size, model: model, allowed: rules.sizes)
    }
    if let seed, !Seed.range.contains(seed) {
      throw .seedOutOfRange(seed, allowed: Seed.range)
    }
    if seed != nil, rules.seed == .rejected { throw .fieldNotAccepted(.seed, model: model) }
    try validateGuidance(rules.guidance)
    try validateFormats(rules)
    try validateImages(rules)
    return warnings(rules)
  }

  private func warnings(_ rules: ModelRules) -> [RequestWarning] {
    var warnings: [RequestWarning] = []
    if let model, rules.family == nil { warnings.append(.unknownModel(model)) }
    if let model, let reason = rules.retired {
      warnings.append(.retiredModel(model, reason: reason))
    }
    if watermark != nil, rules.watermark == .ignored {
      warnings.append(.fieldLeftOut(.watermark, model: model))
    }
    if seed != nil, rules.seed == .ignored {
      warnings.append(.fieldLeftOut(.seed, model: model))
    }
    return warnings
  }

  private func validateFormats(_ rules: ModelRules) throws(RequestError) {
    if let responseFormat, !rules.responseFormats.contains(responseFormat) {
      let allowed = rules.responseFormats.map(\.rawValue)
      throw allowed.isEmpty
        ? .fieldNotAccepted(.responseFormat, model: model)
        : .valueNotAllowed(
          .responseFormat, responseFormat.rawValue, model: model, allowed: allowed)
    }
    try check(outputFormat, .outputFormat, rules.outputFormats, rules)
    try check(promptMode, .promptMode, rules.promptModes, rules)
  }

  private func check(
    _ value: String?, _ parameter: RequestParameter, _ allowed: [String], _ rules: ModelRules
  ) throws(RequestError) {
    guard let value, !allowed.contains(value), !rules.unchecked.contains(parameter) else { return }
    throw allowed.isEmpty
      ? .fieldNotAccepted(parameter, model: model)
      : .valueNotAllowed(parameter, value, model: model, allowed: allowed)
  }

  private func validateImages(_ rules: ModelRules) throws(RequestError) {
    guard rules.references.count.contains(references.count) else {
      throw .referenceCount(references.count, model: model, allowed: rules.references.count)
    }
    if rules.references.form == .link {
      for (index, reference) in references.enumerated() {
        if case .stored = reference {
          throw .referenceMustBeLink(position: index + 1, model: model)
        }
      }
    }
    guard let group else { return }
    let most = rules.largestGroup(references: references.count)
    guard (1...most).contains(group) else {
      throw .groupOutOfRange(group, model: model, allowed: 1...most)
    }
  }

  private func validateGuidance(_ rule: ModelRules.GuidanceRule) throws(RequestError) {
    guard let guidanceScale else { return }
    guard guidanceScale.isFinite else { throw .guidanceNotFinite }
    switch rule {
    case .accepted(let range, _):
      guard range.contains(guidanceScale) else {
        throw .guidanceOutOfRange(guidanceScale, model: model, allowed: range)
      }
    case .notAccepted:
      throw .guidanceNotAccepted(model: model)
    case .unknown:
      break
    }
  }
}
