public import SeedbankModel
public import SeedbankProviders
import SeedbankStorage

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
  let isRecorded: Bool
  /// The provider that the reproduction is for.
  public let provider: RequestProvider
  /// What is recorded about the provider of the original.
  let recordedProvider: RecordedProvider
  let references: [ReferenceImage]
  /// The request, if it is written anew as the service takes it; nil if its recorded fields are changed
  /// in place.
  let written: SubmitRequest?

  /// - Parameters:
  ///   - recorded: The original's recorded body; nil if it has none.
  ///   - provider: Where the reproduction goes; it need not be the provider of the original.
  /// - Throws: `RequestError` if the recorded body is not a request.
  public init(
    of generation: Generation, recorded: [UInt8]?, provider: RequestProvider = .standard
  ) throws(RequestError) {
    original = generation.id
    self.provider = provider
    recordedProvider = generation.provider
    references = generation.references
    let isSame = (generation.providerName ?? provider.name) == provider.name
    isRecorded = recorded != nil && isSame
    let standard = EncodedRequest.standardEndpoint
    let isEditable =
      isRecorded
      ? (generation.provider.endpoint ?? standard) == standard
      : recorded == nil && provider.kind == RequestProvider.standard.kind
    guard isEditable else {
      var refused: [RequestField: RequestError] = [:]
      var request = Self.request(for: generation, &refused)
      fields = try request.encodeUnchecked().fields()
      request.parameters.references = references.map {
        .stored(digest: $0.digest.description)
      }
      request.parameters.group = generation.provider.groupSize
      written = request
      self.refused = isRecorded ? [:] : refused
      body = RequestBody(recorded: isRecorded ? recorded ?? [] : [])
      return
    }
    written = nil
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
    if !isRecorded, written == nil { try fields.request().validate() }
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
    /// Parameters of the original that the provider does not take.
    public var leftOut: [RequestParameter] = []
    /// The request; nil if it is in the body's own fields.
    var request: SubmitRequest?
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
    if let written { return try cell(changes, of: written, using: &random) }
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
  static func json(_ changes: [RequestChange]) -> String {
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
