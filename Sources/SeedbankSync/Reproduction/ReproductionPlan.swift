public import SeedbankModel
public import SeedbankProviders
import SeedbankStorage

/// A recorded request that is repeated, exactly or with changes.
public struct ReproductionPlan: Sendable {
  /// The generation that is reproduced.
  public let original: GenerationID
  /// The request that was sent; for an import, the request that its parameters would give.
  let encoded: EncodedRequest
  /// The fields of the recorded request.
  public let fields: RequestFields
  /// The recorded values of an import that a request cannot contain.
  ///
  /// `encoded` and `fields` are without them. The user must choose other values for a reproduction.
  private let refused: [RequestField: RequestError]
  /// Whether the request was sent to this provider.
  ///
  /// That of an import was not, so it is checked even without changes.
  let isRecorded: Bool
  /// The provider that the reproduction is for.
  public let provider: RequestProvider
  /// Whether the original was sent to another provider.
  let changesProvider: Bool
  let references: [ReferenceImage]
  /// Whether the original has reference images, which the user wants to leave out.
  let leavesOutReferences: Bool
  /// The request, if it is encoded again for the service; nil if its recorded fields are changed in
  /// place.
  let written: SubmitRequest?

  /// - Parameters:
  ///   - recorded: The original's recorded body; nil if it has none.
  ///   - provider: The provider of the reproduction, which may differ from the original's.
  ///   - withReferences: Whether the request has the reference images of the original.
  /// - Throws: `RequestError` if the recorded body is not a request.
  public init(
    of generation: Generation, recorded: [UInt8]?, provider: RequestProvider = .standard,
    withReferences: Bool = true
  ) throws(RequestError) {
    original = generation.id
    self.provider = provider
    references = withReferences ? generation.references : []
    leavesOutReferences = !withReferences && !generation.references.isEmpty
    let isSame = (generation.providerName ?? provider.name) == provider.name
    changesProvider = !isSame
    isRecorded = recorded != nil && isSame && !leavesOutReferences
    let standard = EncodedRequest.standardEndpoint
    if let recorded, isRecorded, (generation.provider.endpoint ?? standard) == standard {
      written = nil
      self.refused = [:]
      encoded = EncodedRequest(endpoint: standard, body: RequestBody(recorded: recorded))
      fields = try encoded.body.fields()
      return
    }
    var refused: [RequestField: RequestError] = [:]
    var request = Self.request(for: generation, &refused)
    self.refused = isRecorded ? [:] : refused
    let plain = try request.encodeUnchecked()
    if recorded == nil, generation.references.isEmpty, plain.endpoint == standard,
      provider.kind == RequestProvider.standard.kind
    {
      written = nil
      encoded = plain
      fields = try plain.body.fields()
      return
    }
    fields = RequestFields(request)
    if let recorded, isRecorded {
      encoded = EncodedRequest(
        endpoint: generation.provider.endpoint, body: RequestBody(recorded: recorded))
    } else {
      encoded = plain
    }
    request.parameters.references = references.map { .stored(digest: $0.digest.description) }
    request.parameters.group = generation.provider.groupSize
    if let recorded { request.parameters.readOptions(of: RequestBody(recorded: recorded)) }
    written = request
  }

  /// The request as it is, for programs that send it.
  ///
  /// - Throws: `RequestError` if a recorded value cannot be sent.
  public func unchangedRequest() throws(RequestError) -> EncodedRequest {
    try checkRefused(changed: [])
    if !isRecorded, written == nil { try fields.request().validate() }
    return encoded
  }

  /// Refuses to replace a recorded seed that the service does not accept by a random one.
  ///
  /// - Parameter isChosen: whether the user asked for another seed.
  /// - Throws: `RequestError`.
  public func checkSeed(isChosen: Bool) throws(RequestError) {
    if !isChosen, let error = refused[.seed] { throw error }
  }

  /// The changes, without the seed if the model takes no seed.
  func withoutUnusedSeed(_ changes: [RequestChange]) -> [RequestChange] {
    provider.withoutUnusedSeed(changes, of: fields.model)
  }

  private func checkRefused(changed: [RequestField]) throws(RequestError) {
    for field in RequestField.allCases where !changed.contains(field) {
      if let error = refused[field] { throw error }
    }
  }

  /// The difference between one reproduction and its original.
  public struct Cell: Sendable, Equatable {
    /// The request to send.
    ///
    /// For some services only its endpoint names the model.
    let encoded: EncodedRequest
    /// Only fields with another value; none for the same request.
    public let changes: [RequestChange]
    /// Parameters of the original that the provider does not take.
    public var leftOut: [RequestParameter] = []
    /// The request before it was encoded; nil if recorded fields were changed in place.
    var request: SubmitRequest?

    /// The body to send.
    public var body: RequestBody { encoded.body }
  }

  /// The request with changes.
  ///
  /// Changes without an effect are left out.
  ///
  /// A request without a seed, from an import or by a change, gets a random seed, because replies do not
  /// contain the seed.
  /// - Throws: `RequestError` for a change that the model does not take.
  public func cell(
    _ changes: [RequestChange], using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> Cell {
    let takesSeed = provider.takesSeed(fields.model, after: changes)
    var changes = changes.map { change in
      change == .seed(nil) && takesSeed ? .seed(Seed.draw(using: &random)) : change
    }
    try checkRefused(changed: changes.map(\.field))
    if let written { return try cell(changes, of: written, using: &random) }
    if fields.seed == nil, !changes.contains(where: { $0.field == .seed }) {
      changes.append(.seed(Seed.draw(using: &random)))
    }
    var edited = encoded.body
    var effective: [RequestChange] = []
    for change in changes {
      let before = try edited.fields()
      let candidate = try edited.replacing(change)
      guard try candidate.fields() != before || refused[change.field] != nil else { continue }
      edited = candidate
      effective.removeAll { $0.field == change.field }
      effective.append(change)
    }
    // A value that is changed back is not a change.
    if try edited.fields() == fields, refused.isEmpty {
      return Cell(encoded: try unchangedRequest(), changes: [])
    }
    let request = try edited.fields().request()
    let service = provider.service
    // A model with another endpoint can have other fields.
    guard try service.encode(request).endpoint == encoded.endpoint else {
      return try encodedCell(request, effective, using: &random)
    }
    try request.validate(for: service)
    return Cell(
      encoded: EncodedRequest(endpoint: encoded.endpoint, body: edited), changes: effective)
  }

  /// The request from the parameters of an import, without the values that a request cannot contain.
  private static func request(
    for generation: Generation, _ refused: inout [RequestField: RequestError]
  ) -> SubmitRequest {
    let recorded = generation.parameters
    var request = SubmitRequest(
      prompt: generation.prompt,
      parameters: RequestParameters(model: recorded.model, watermark: recorded.watermark))
    if let seed = recorded.seed {
      request.parameters.seed = seed.int.flatMap { Seed.range.contains($0) ? $0 : nil }
      if request.parameters.seed == nil {
        refused[.seed] = .recordedSeedOutOfRange(seed.description, allowed: Seed.range)
      }
    }
    if let scale = recorded.guidanceScale {
      if scale.isFinite {
        request.parameters.guidanceScale = scale
      } else {
        refused[.guidanceScale] = .guidanceNotFinite
      }
    }
    for (field, text) in [
      (RequestField.size, recorded.size), (.responseFormat, recorded.responseFormat),
    ] {
      guard let text else { continue }
      do {
        request.apply(try RequestChange(field: field.rawValue, value: text))
      } catch {
        refused[field] = error
      }
    }
    return request
  }
}

extension Parameters {
  /// The parameters of a body in the form of the catalog.
  init(_ fields: RequestFields) {
    var (width, height): (Int?, Int?) = (nil, nil)
    if case .pixels(let across, let down) = fields.size.flatMap({ ImageSize($0) }) {
      (width, height) = (across, down)
    }
    self.init(
      model: fields.model, size: fields.size, width: width, height: height,
      seed: fields.seed.map { ImageSeed($0) }, guidanceScale: fields.guidanceScale,
      watermark: fields.watermark, responseFormat: fields.responseFormat)
  }
}
