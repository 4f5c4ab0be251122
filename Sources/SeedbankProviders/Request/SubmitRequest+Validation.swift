extension SubmitRequest {
  /// Checks every field against the table of models.
  ///
  /// - Returns: What is worth saying.
  /// - Throws: The first field that must not be sent.
  @discardableResult
  public func validate() throws(RequestError) -> [RequestWarning] {
    guard prompt.contains(where: { !$0.isWhitespace }) else { throw .emptyPrompt }
    guard !prompt.utf8.contains(0) else { throw .nulInPrompt }
    return try parameters.validate()
  }
}

extension RequestParameters {
  /// The same without a prompt, for parameters that many prompts will share.
  @discardableResult
  public func validate() throws(RequestError) -> [RequestWarning] {
    if let model {
      let isName = model.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
      guard isName, !model.isEmpty else { throw .badModel }
    }
    let rules = ModelRules.of(model)
    if let size, !rules.sizes.allows(size) {
      throw .sizeNotAllowed(size, model: model, allowed: rules.sizes)
    }
    if let seed, !Seed.range.contains(seed) {
      throw .seedOutOfRange(seed, allowed: Seed.range)
    }
    try validateGuidance(rules.guidance)
    if let model, rules.family == nil { return [.unknownModel(model)] }
    return []
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
