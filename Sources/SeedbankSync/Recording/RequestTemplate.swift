public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// What every prompt of a batch shares.
public struct RequestTemplate: Sendable, Equatable {
  /// Its seed, where it has one, is that of the first of `count` generations; the others follow.
  public var parameters: RequestParameters
  /// Tags for each recorded generation.
  public var tags: [TagName]
  /// Generations of each prompt; at least 1.
  public var count: Int
  /// Base URL of the gateway that the requests are meant for.
  public var gateway: String?

  /// Makes a template from the fields that all requests share.
  public init(
    parameters: RequestParameters = RequestParameters(), tags: [TagName] = [], count: Int = 1,
    gateway: String? = nil
  ) {
    self.parameters = parameters
    self.tags = tags
    self.count = max(1, count)
    self.gateway = gateway
  }

  /// Checks what `entry` would be sent as, without drawing a seed for it.
  ///
  /// - Returns: what is worth saying.
  /// - Throws: `RequestError`.
  @discardableResult
  public func check(_ entry: PromptEntry) throws(RequestError) -> [RequestWarning] {
    try request(for: entry).validate()
  }

  /// The generations of one prompt, each with its seed and the exact bytes to send.
  ///
  /// - Parameter random: draws uids, and seeds where none is given.
  /// - Throws: `RequestError`.
  public func drafts(
    for entry: PromptEntry, at time: Timestamp, using random: inout some RandomNumberGenerator
  ) throws(RequestError) -> [GenerationDraft] {
    var request = request(for: entry)
    var drafts: [GenerationDraft] = []
    for seed in SeedSeries(first: request.parameters.seed, count: count, using: &random) {
      request.parameters.seed = seed
      let body = try request.encode()
      drafts.append(
        GenerationDraft(
          uid: UID(at: time, using: &random), prompt: request.prompt,
          parameters: Parameters(request.parameters), createdAt: time, requestBody: body.bytes,
          gateway: gateway, tags: Self.distinct(tags + entry.tags)))
    }
    return drafts
  }

  private func request(for entry: PromptEntry) -> SubmitRequest {
    var request = SubmitRequest(prompt: entry.prompt, parameters: parameters)
    for change in entry.changes { request.apply(change) }
    return request
  }

  private static func distinct(_ tags: [TagName]) -> [TagName] {
    var seen: Set<TagName> = []
    return tags.filter { seen.insert($0).inserted }
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
  /// The parameters as the catalog keeps them.
  init(_ request: RequestParameters) {
    var (width, height): (Int?, Int?) = (nil, nil)
    if case .pixels(let across, let down) = request.size { (width, height) = (across, down) }
    self.init(
      model: request.model, size: request.size?.description, width: width, height: height,
      seed: request.seed.map { ImageSeed($0) }, guidanceScale: request.guidanceScale,
      watermark: request.watermark, responseFormat: request.responseFormat?.rawValue)
  }
}
