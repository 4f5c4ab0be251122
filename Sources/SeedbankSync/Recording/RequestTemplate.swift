public import SeedbankModel
public import SeedbankProviders
package import SeedbankStorage

/// The values that all prompts of a batch share.
public struct RequestTemplate: Sendable, Equatable {
  /// If it has a seed, this is the seed of the first of `count` generations.
  ///
  /// The others have the following seeds.
  public var parameters: RequestParameters
  /// Tags for each recorded generation.
  public var tags: [TagName]
  /// The number of generations per prompt; at least 1.
  public var count: Int
  /// The provider that the requests are meant for.
  public var provider: RequestProvider
  /// The reference images that are files of the library, for those that `parameters` name.
  public var references: [ReferenceImage]

  /// Makes a template from the fields that all requests share.
  public init(
    parameters: RequestParameters = RequestParameters(), tags: [TagName] = [], count: Int = 1,
    provider: RequestProvider = .standard, references: [ReferenceImage] = []
  ) {
    self.parameters = parameters
    self.tags = tags
    self.count = max(1, count)
    self.provider = provider
    self.references = references
  }

  /// Checks the request for `entry`, without choosing a seed.
  ///
  /// - Returns: the warnings.
  /// - Throws: `RequestError`.
  @discardableResult
  public func check(_ entry: PromptEntry) throws(RequestError) -> [RequestWarning] {
    let service = provider.service
    return try request(for: entry).validate(for: service)
  }

  /// The rule of the model of `entry` for reference images.
  package func referenceRule(for entry: PromptEntry) -> ReferenceRule {
    provider.service.rules(of: request(for: entry).parameters.model).references
  }

  /// Returns the generations of one prompt, each with its seed and the exact bytes to send.
  ///
  /// - Parameter random: for uids, and for seeds that are not given.
  /// - Throws: `RequestError`.
  package func drafts(
    for entry: PromptEntry, at time: Timestamp, using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> [GenerationDraft] {
    let service = provider.service
    var request = request(for: entry)
    try request.validate(for: service)
    request = request.leavingOutIgnored(by: service)
    let takesSeed = service.rules(of: request.parameters.model).takesSeed
    var drafts: [GenerationDraft] = []
    for seed in SeedSeries(first: request.parameters.seed, count: count, using: &random) {
      request.parameters.seed = takesSeed ? seed : nil
      var draft = try provider.draft(of: request, at: time, using: &random)
      draft.tags = Self.distinct(tags + entry.tags)
      draft.references = references
      drafts.append(draft)
    }
    return drafts
  }

  func request(for entry: PromptEntry) -> SubmitRequest {
    var request = SubmitRequest(prompt: entry.prompt, parameters: parameters)
    for change in entry.changes { request.apply(change) }
    return request
  }

  private static func distinct(_ tags: [TagName]) -> [TagName] {
    var seen: Set<TagName> = []
    return tags.filter { seen.insert($0).inserted }
  }
}

extension RequestProvider {
  /// A generation that waits to be sent to this provider.
  ///
  /// - Throws: `RequestError`.
  func draft(
    of request: SubmitRequest, at time: Timestamp, using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> GenerationDraft {
    let service = service
    return draft(of: request, as: try request.encode(for: service), at: time, using: &random)
  }

  /// A generation that waits to be sent to this provider as an encoded request.
  func draft(
    of request: SubmitRequest, as encoded: EncodedRequest, at time: Timestamp,
    using random: inout some RandomNumberGenerator
  ) -> GenerationDraft {
    GenerationDraft(
      uid: UID(at: time, using: &random), prompt: request.prompt,
      parameters: Parameters(request.parameters), createdAt: time,
      requestBody: encoded.body.bytes, gateway: base,
      provider: RecordedProvider(
        name: name, endpoint: encoded.endpoint,
        groupSize: request.parameters.group.flatMap { $0 > 1 ? $0 : nil },
        cost: cost(of: request)))
  }

  /// What the request is expected to cost, or nil if no price is known.
  func cost(of request: SubmitRequest) -> Cost? {
    service.price(of: request, by: prices).map {
      Cost(
        amount: MoneyAmount(microunits: $0.micros), currency: $0.currency, isEstimated: true,
        priceTable: prices.version)
    }
  }
}

extension SubmitRequest {
  /// The request with one field changed.
  mutating func apply(_ change: RequestChange) {
    switch change {
    case .prompt(let text): prompt = text
    case .model(let model): parameters.model = model
    case .responseFormat(let format): parameters.responseFormat = format
    case .size(let size): parameters.size = size
    case .seed(let seed): parameters.seed = seed
    case .guidanceScale(let scale): parameters.guidanceScale = scale
    case .watermark(let flag): parameters.watermark = flag
    }
  }
}

extension Parameters {
  /// The parameters in the form of the catalog.
  init(_ request: RequestParameters) {
    var (width, height): (Int?, Int?) = (nil, nil)
    if case .pixels(let across, let down) = request.size { (width, height) = (across, down) }
    self.init(
      model: request.model, size: request.size?.description, width: width, height: height,
      seed: request.seed.map { ImageSeed($0) }, guidanceScale: request.guidanceScale,
      watermark: request.watermark, responseFormat: request.responseFormat?.rawValue)
  }
}
