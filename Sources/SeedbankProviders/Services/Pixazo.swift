public import FoundationEssentials

/// The Pixazo gateway: synchronous endpoints, and queues of two generations.
///
/// Sources: the gateway's page "Seedream 4.0 API", its pages on editing and on the queue, and public
/// clients of these.
public struct Pixazo: ImageService {
  /// `pixazo`.
  public let kind = "pixazo"
  /// The address of the gateway.
  public let standardBase: String? = "https://gateway.pixazo.ai"
  /// The header that holds the key.
  public let keyField = KeyField(name: "Ocp-Apim-Subscription-Key", prefix: "")

  /// Makes the service.
  public init() {}

  /// The endpoints with a different body.
  enum Endpoint {
    static let textToImage = "/byteplus/v1/getTextToImage"
    static let edit = "/byteplus/v1/getEditImage"
    static let editMany = "/byteplus/v1/getEditMultiImage"
    static let jobs = "/ai-model-api-polling/getGenerationResults"
    static let status = "/v2/requests/status/"
    static let olderText =
      "/seedream-5-0-lite-text-to-image/v1/seedream-5-0-lite-text-to-image-request"
    static let olderEdit = "/seedream-5-0-lite-edit/v1/seedream-5-0-lite-edit-request"

    /// The newer queue has a path for each model.
    static func newer(_ model: String, edits: Bool) -> String {
      "/\(model)/v1/\(edits ? "edit-image" : "text-to-image")"
    }
  }

  // MARK: Models

  /// The rules of Seedream 3.0, the model of the standard endpoint.
  public var standardModel: ModelRules? { Self.seedream3 }

  /// Families by the start of the name, which is followed by versions and dates.
  ///
  /// The newer names come first, because `seedream-5-0-lite` is a separate queue and
  /// `seedream-5-0-260128` is not.
  public var models: [ListedModel] {
    [
      ListedModel(
        "seedream-3-0-t2i-250415", prefix: "seedream-3-0-t2i", Self.seedream3),
      ListedModel("seedream-4-0-250828", prefix: "seedream-4-0", Self.seedream4),
      ListedModel("seedream-4-5-251128", prefix: "seedream-4-5", Self.seedream45),
      ListedModel(
        "seedream-5-0-lite-text-to-image", Self.queue("seedream-5-0-lite-text-to-image", 0...0)),
      ListedModel("seedream-5-0-lite-edit", Self.queue("seedream-5-0-lite-edit", 1...14)),
      ListedModel("seedream-5-0-260128", prefix: "seedream-5-0", Self.seedream5),
      ListedModel("seedream-5-lite", Self.queue("seedream-5-lite", 0...14)),
      ListedModel("seedream-5-pro", Self.queue("seedream-5-pro", 0...10)),
      ListedModel("seededit-3-0-i2i-250628", prefix: "seededit-3-0-i2i", Self.seedEdit),
    ]
  }

  /// The maker's own service uses the same names with `doubao-` in front.
  ///
  /// The name of a queue is part of its address, so only the whole name means the queue.
  public func rules(of model: String?) -> ModelRules {
    guard let model else { return Self.seedream3 }
    let lowered = model.lowercased()
    let name = lowered.hasPrefix("doubao-") ? lowered.dropFirst("doubao-".count) : lowered[...]
    let listed = models.first {
      Self.queues.contains($0.name) ? lowered == $0.name : name.hasPrefix($0.prefix)
    }
    return listed?.rules ?? unknownModel
  }

  private static let queues: Set = [
    "seedream-5-0-lite-text-to-image", "seedream-5-0-lite-edit", "seedream-5-lite",
    "seedream-5-pro",
  ]

  /// The endpoint for edits belongs to one model, so others take no reference images.
  public var unknownModel: ModelRules {
    var rules = ModelRules.unknown
    rules.references = .none
    rules.group = 1
    return rules
  }

  private static let seedream3 = ModelRules(
    family: "seedream-3-0-t2i-*",
    sizes: SizeRule(
      presets: [],
      pixels: .sides(512...2048),
      recommended: [
        (1024, 1024), (864, 1152), (1152, 864), (1280, 720), (720, 1280), (832, 1248), (1248, 832),
        (1512, 648),
      ].map { .pixels(width: $0.0, height: $0.1) }),
    seed: .documented, guidance: .accepted(1...10, standard: 2.5))

  private static let seedream4 = ModelRules(
    family: "seedream-4-0-*",
    sizes: SizeRule(
      presets: [.one, .two, .four],
      pixels: .area(921_600...16_777_216, ratio: (1.0 / 16)...16), recommended: []),
    seed: .disputed, guidance: .notAccepted, references: ReferenceRule(0...14, .link))

  private static let seedream45 = ModelRules(
    family: "seedream-4-5-*",
    sizes: SizeRule(
      presets: [.two, .four], pixels: .area(3_686_400...16_777_216, ratio: nil), recommended: []),
    seed: .disputed, guidance: .notAccepted)

  private static let seedream5 = ModelRules(
    family: "seedream-5-0-*",
    sizes: SizeRule(presets: ImageSize.Preset.allCases, pixels: .any, recommended: []),
    seed: .disputed, guidance: .notAccepted)

  private static let seedEdit = ModelRules(
    family: "seededit-3-0-i2i-*",
    sizes: SizeRule(presets: [], pixels: .none, recommended: []),
    seed: .disputed, guidance: .accepted(1...10, standard: 5.5), watermark: .ignored,
    responseFormats: [], references: ReferenceRule(1...1, .link))

  private static func queue(_ family: String, _ references: ClosedRange<Int>) -> ModelRules {
    ModelRules(
      family: family,
      sizes: SizeRule(
        presets: [.one, .oneAndAHalf, .two, .three, .four], pixels: .any, recommended: []),
      seed: .disputed, guidance: .notAccepted, watermark: .ignored, responseFormats: [],
      references: ReferenceRule(references, .data))
  }

  // MARK: The four functions

  /// Returns the endpoint and the body for a request.
  public func encode(_ request: SubmitRequest) throws(RequestError) -> EncodedRequest {
    let parameters = request.parameters
    let images = parameters.references.map(\.placeholder)
    let model = parameters.model?.lowercased() ?? ""
    var body = JSONBody()
    body.add("prompt", request.prompt)
    switch model {
    case "seedream-5-lite", "seedream-5-pro":
      if !images.isEmpty { body.add("image", images) }
      body.add("size", parameters.size?.description)
      body.add("seed", parameters.seed)
      let endpoint = Endpoint.newer(model, edits: !images.isEmpty)
      return EncodedRequest(endpoint: endpoint, body: body.body)
    case "seedream-5-0-lite-text-to-image", "seedream-5-0-lite-edit":
      if !images.isEmpty { body.add("image_urls", images) }
      body.add("image_size", parameters.size?.description)
      body.add("num_images", 1)
      body.add("seed", parameters.seed)
      return EncodedRequest(
        endpoint: images.isEmpty ? Endpoint.olderText : Endpoint.olderEdit, body: body.body)
    case _ where rules(of: model) == Self.seedEdit:
      body.add("image", images.first)
      body.add(.seed(parameters.seed))
      body.add(.guidanceScale(parameters.guidanceScale))
      return EncodedRequest(endpoint: Endpoint.edit, body: body.body)
    default:
      // The endpoint for edits belongs to one model.
      if images.isEmpty { body.add(.model(parameters.model)) }
      if !images.isEmpty { body.add("image", images) }
      body.add(.responseFormat(parameters.responseFormat))
      body.add(.size(parameters.size))
      body.add(.seed(parameters.seed))
      body.add(.guidanceScale(parameters.guidanceScale))
      body.add(.watermark(parameters.watermark))
      return EncodedRequest(
        endpoint: images.isEmpty ? Endpoint.textToImage : Endpoint.editMany, body: body.body)
    }
  }

  /// Reads the reply to a submit.
  public func readSubmit(_ reply: Reply, at now: Date) -> SubmitOutcome {
    SubmitReply.read(reply, at: now)
  }

  /// Reads the reply to a poll.
  public func readPoll(_ reply: Reply, to call: JobState, at now: Date) -> PollReading {
    .outcome(PollReply.read(reply, at: now))
  }

  /// Returns the call that reads the status of a job.
  public func nextCall(for state: JobState) -> ServiceCall {
    let headers = [HeaderField("Cache-Control", "no-cache")]
    switch state {
    case .recorded(let request, _):
      return ServiceCall(
        .post, request.endpoint, headers: headers, body: .json(request.body.bytes))
    case .running(let endpoint, let jobID), .finished(let endpoint, let jobID):
      // The queues have other calls than the synchronous endpoints.
      guard endpoint.hasPrefix("/byteplus/") else {
        return ServiceCall(
          .get, Endpoint.status + JobState.segment(jobID), headers: headers)
      }
      var body = JSONBody()
      body.add("job_set_id", jobID)
      return ServiceCall(.post, Endpoint.jobs, headers: headers, body: .json(body.bytes))
    }
  }
}
