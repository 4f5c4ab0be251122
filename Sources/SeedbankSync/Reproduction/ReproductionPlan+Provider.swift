package import SeedbankModel
package import SeedbankProviders
package import SeedbankStorage

extension ReproductionPlan {
  /// The request with changes, encoded again for the provider's service.
  func cell(
    _ changes: [RequestChange], of request: SubmitRequest,
    using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> Cell {
    let service = provider.service
    var edited = request
    var effective: [RequestChange] = []
    for change in changes {
      let before = edited
      edited.apply(change)
      guard edited != before else { continue }
      effective.removeAll { $0.field == change.field }
      effective.append(change)
    }
    if isRecorded, edited == request { return Cell(body: body, changes: [], request: request) }
    // Another model may not take all parameters of the recorded request, as another provider may not.
    let chosen = effective.map(\.field)
    var leftOut =
      isRecorded && !chosen.contains(.model)
      ? [] : edited.leaveOutUnsupported(by: service, except: chosen)
    if leavesOutReferences { leftOut.append(.references) }
    if edited.parameters.seed == nil, service.rules(of: edited.parameters.model).takesSeed {
      edited.parameters.seed = Seed.draw(using: &random)
    }
    let encoded = try edited.encode(for: service)
    let rule = service.rules(of: edited.parameters.model).references
    for reference in references { try rule.check(reference) }
    return Cell(body: encoded.body, changes: effective, leftOut: leftOut, request: edited)
  }

  /// A generation that waits to be sent, linked to its original.
  ///
  /// - Throws: `RequestError` if the edited body cannot be read.
  package func draft(
    _ cell: Cell, tags: [TagName], at time: Timestamp,
    using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> GenerationDraft {
    var draft: GenerationDraft
    if let request = cell.request, !isRecorded || cell.body != body {
      draft = try provider.draft(of: request, at: time, using: &random)
    } else {
      let fields = cell.request == nil ? try cell.body.fields() : fields
      draft = GenerationDraft(
        uid: UID(at: time, using: &random), prompt: fields.prompt,
        parameters: cell.request.map { Parameters($0.parameters) } ?? Parameters(fields),
        createdAt: time, requestBody: cell.body.bytes,
        gateway: provider.base,
        provider: RecordedProvider(
          name: provider.name,
          endpoint: recordedProvider.endpoint ?? EncodedRequest.standardEndpoint,
          groupSize: recordedProvider.groupSize,
          cost: provider.cost(of: cell.request ?? fields.loose)))
    }
    draft.tags = tags
    draft.parent = original
    draft.parentChange = Self.json(cell.changes, leftOut: cell.leftOut)
    draft.references = references
    return draft
  }
}
