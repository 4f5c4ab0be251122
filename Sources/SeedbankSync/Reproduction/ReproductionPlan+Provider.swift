package import SeedbankModel
package import SeedbankProviders
package import SeedbankStorage

extension ReproductionPlan {
  /// The request with changes, encoded again for the provider's service.
  func cell(
    _ changes: [RequestChange], of request: SubmitRequest,
    using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> Cell {
    var edited = request
    var effective: [RequestChange] = []
    for change in changes {
      let before = edited
      edited.apply(change)
      guard edited != before else { continue }
      effective.removeAll { $0.field == change.field }
      effective.append(change)
    }
    if isRecorded, edited == request {
      return Cell(encoded: encoded, changes: [], request: request)
    }
    return try encodedCell(edited, effective, using: &random)
  }

  /// Encodes a request with changes, which can have another endpoint than the recorded one.
  func encodedCell(
    _ changed: SubmitRequest, _ changes: [RequestChange],
    using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> Cell {
    let service = provider.service
    var request = changed
    // Another model may not take all parameters of the recorded request, as another provider may not.
    let chosen = changes.map(\.field)
    var leftOut =
      isRecorded && !chosen.contains(.model)
      ? request.leaveOutIgnored(by: service)
      : request.leaveOutUnsupported(by: service, except: chosen)
    if leavesOutReferences { leftOut.append(.references) }
    if request.parameters.seed == nil, service.rules(of: request.parameters.model).takesSeed {
      request.parameters.seed = Seed.draw(using: &random)
    }
    let encoded = try request.encode(for: service)
    let rule = service.rules(of: request.parameters.model).references
    for reference in references { try rule.check(reference) }
    // A chosen value that the service ignores is not sent.
    let sent = changes.filter { change in
      !leftOut.contains { $0.rawValue == change.field.rawValue }
    }
    return Cell(encoded: encoded, changes: sent, leftOut: leftOut, request: request)
  }

  /// A generation that waits to be sent, linked to its original.
  ///
  /// - Throws: `RequestError` if the edited body cannot be read.
  package func draft(
    _ cell: Cell, tags: [TagName], at time: Timestamp,
    using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> GenerationDraft {
    var draft: GenerationDraft
    if let request = cell.request {
      draft = provider.draft(of: request, as: cell.encoded, at: time, using: &random)
    } else {
      let fields = try cell.body.fields()
      draft = GenerationDraft(
        uid: UID(at: time, using: &random), prompt: fields.prompt, parameters: Parameters(fields),
        createdAt: time, requestBody: cell.body.bytes, gateway: provider.base,
        provider: RecordedProvider(
          name: provider.name, endpoint: cell.encoded.endpoint,
          cost: provider.cost(of: fields.loose)))
    }
    draft.tags = tags
    draft.parent = original
    draft.parentChange = recordedChange(of: cell)
    draft.references = references
    return draft
  }
}
