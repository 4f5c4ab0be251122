public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// A recorded request that is to be made again, exactly or with changes.
public struct ReproductionPlan: Sendable {
  /// What `parent_change` says of a request that is its parent's, byte for byte.
  public static let unchanged = "{}"

  /// The generation that is reproduced.
  public let original: GenerationID
  /// The bytes that were sent then; of an import, those that its parameters would have made.
  public let body: RequestBody
  /// The fields of the recorded request.
  public let fields: RequestFields
  /// The recorded values of an import that no request can hold; `body` and `fields` are without them. A
  /// reproduction needs other values, chosen by a person.
  private let refused: [RequestField: RequestError]
  /// Whether the body was sent once. An import's never was, so it is checked even if nothing changes.
  private let isRecorded: Bool

  /// - Parameter recorded: the original's recorded body, nil if there never was one.
  /// - Throws: `RequestError` if the recorded body is not a request.
  public init(of generation: Generation, recorded: [UInt8]?) throws(RequestError) {
    original = generation.id
    isRecorded = recorded != nil
    if let recorded {
      body = RequestBody(recorded: recorded)
      refused = [:]
    } else {
      var refused: [RequestField: RequestError] = [:]
      body = try Self.request(for: generation, &refused).encodeUnchecked()
      self.refused = refused
    }
    fields = try body.fields()
  }

  /// The body as it is, for programs that send it.
  ///
  /// - Throws: `RequestError` if a recorded value cannot be sent.
  public func unchangedBody() throws(RequestError) -> RequestBody {
    try checkRefused(changed: [])
    if !isRecorded { try fields.request().validate() }
    return body
  }

  /// Refuses to draw a seed in the place of one that is recorded and that the service does not take.
  ///
  /// - Parameter isChosen: whether a person asked for another seed.
  /// - Throws: `RequestError`.
  public func checkSeed(isChosen: Bool) throws(RequestError) {
    if !isChosen, let error = refused[.seed] { throw error }
  }

  private func checkRefused(changed: [RequestField]) throws(RequestError) {
    for field in RequestField.allCases where !changed.contains(field) {
      if let error = refused[field] { throw error }
    }
  }

  /// What one reproduction differs in from its original.
  public struct Cell: Sendable, Equatable {
    /// The body to send.
    public let body: RequestBody
    /// Only fields whose value is another; none for the same request again.
    public let changes: [RequestChange]
  }

  /// The request with changes, of which those that change nothing leave no trace.
  ///
  /// A request without a seed, as an import may be or a change may ask for, gets one drawn: no reply
  /// would ever say which one the gateway took.
  /// - Throws: `RequestError` for a change that the model does not take.
  public func cell(
    _ changes: [RequestChange], using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> Cell {
    var changes = changes.map { change in
      change == .seed(nil) ? .seed(Seed.draw(using: &random)) : change
    }
    try checkRefused(changed: changes.map(\.field))
    if fields.seed == nil, !changes.contains(where: { $0.field == .seed }) {
      changes.append(.seed(Seed.draw(using: &random)))
    }
    var edited = body
    var effective: [RequestChange] = []
    for change in changes {
      let before = try edited.fields()
      let candidate = try edited.replacing(change)
      guard try candidate.fields() != before || refused[change.field] != nil else { continue }
      edited = candidate
      effective.removeAll { $0.field == change.field }
      effective.append(change)
    }
    // Changed there and back again is not changed.
    if try edited.fields() == fields, refused.isEmpty {
      return Cell(body: try unchangedBody(), changes: [])
    }
    try edited.fields().request().validate()
    return Cell(body: edited, changes: effective)
  }

  /// A generation that waits to be sent, linked to its original.
  ///
  /// - Throws: `RequestError` where the edited body can't be read any more.
  public func draft(
    _ cell: Cell, tags: [TagName], gateway: String?, at time: Timestamp,
    using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> GenerationDraft {
    let fields = try cell.body.fields()
    return GenerationDraft(
      uid: UID(at: time, using: &random), prompt: fields.prompt, parameters: Parameters(fields),
      createdAt: time, requestBody: cell.body.bytes, gateway: gateway, tags: tags,
      parent: original, parentChange: Self.json(cell.changes))
  }

  /// The request that the parameters of an import make, without the values that no request can hold.
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

  /// The changed fields with their new values.
  private static func json(_ changes: [RequestChange]) -> String {
    var writer = JSONWriter()
    writer.object { object in
      for change in changes {
        object.key(change.field.rawValue)
        switch change {
        case .prompt(let text): object.value(text)
        case .model(let text?): object.value(text)
        case .responseFormat(let format?): object.value(format.rawValue)
        case .size(let size?): object.value(size.description)
        case .seed(let seed?): object.value(seed)
        case .guidanceScale(let scale?): object.value(scale)
        case .watermark(let flag?): object.value(flag)
        case .model, .responseFormat, .size, .seed, .guidanceScale, .watermark: object.null()
        }
      }
    }
    return writer.text
  }
}

extension Parameters {
  /// What a body says, as the catalog keeps it.
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
