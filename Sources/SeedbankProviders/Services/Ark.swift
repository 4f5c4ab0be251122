package import FoundationEssentials

/// BytePlus ModelArk and Volcengine Ark, the service of Seedream's maker.
///
/// Each region has its own base URLs and keys.
///
/// Sources: the maker's API reference for image generation and its public SDKs, 2026-09.
package struct Ark: ImageService {
  package let kind = "ark"
  package let standardBase: String? = "https://ark.ap-southeast.bytepluses.com/api/v3"
  package let keyField = KeyField(name: "Authorization", prefix: "Bearer ")
  package let namesJobs = false

  /// Makes the service.
  package init() {}

  private static let endpoint = "/images/generations"

  // MARK: Models

  package var standardModel: ModelRules? { nil }

  package var models: [ListedModel] {
    [
      ListedModel("seedream-4-0-250828", prefix: "seedream-4-0", Self.seedream4),
      ListedModel("seedream-4-5-251128", prefix: "seedream-4-5", Self.seedream45),
      ListedModel("seedream-5-0-260128", prefix: "seedream-5-0-2", Self.seedream5),
      ListedModel("seedream-5-0-lite-260128", prefix: "seedream-5-0-lite", Self.seedream5),
      ListedModel(
        "dola-seedream-5-0-pro-260628", prefix: "seedream-5-0-pro",
        Self.small("dola-seedream-5-0-pro-*", seed: .disputed, modes: ["fast"], Self.proPrice)),
      ListedModel(
        "dola-seedream-5-0-flash-260915", prefix: "seedream-5-0-flash",
        Self.small(
          "dola-seedream-5-0-flash-*", seed: .accepted, modes: [], ModelPrice(image: 18_000))),
      ListedModel("seedream-3-0-t2i-250415", prefix: "seedream-3-0-t2i", Self.seedream3),
      ListedModel("seededit-3-0-i2i-250628", prefix: "seededit-3-0-i2i", Self.seedEdit),
    ]
  }

  /// The regions use the same names with `doubao-` or `dola-` in front.
  package func rules(of model: String?) -> ModelRules {
    guard let model else { return unknownModel }
    var name = model.lowercased()
    for maker in ["doubao-", "dola-"] where name.hasPrefix(maker) {
      name.removeFirst(maker.count)
    }
    return models.first { name.hasPrefix($0.prefix) }?.rules ?? unknownModel
  }

  /// The id of an endpoint can mean any model.
  package var unknownModel: ModelRules {
    var rules = ModelRules.unknown
    rules.together = 15
    rules.unchecked = [.outputFormat, .promptMode]
    return rules
  }

  private static func images(_ count: ClosedRange<Int>) -> ReferenceRule {
    ReferenceRule(
      count, .data, largestFile: 30 << 20, largestArea: 36_000_000, smallestSide: 15)
  }

  private static let proPrice = ModelPrice(
    image: 45_000, large: .init(pixels: 2_610_000, image: 90_000), reference: 3_000)

  private static let seedream3 = ModelRules(
    family: "seedream-3-0-t2i-*",
    sizes: SizeRule(presets: [], pixels: .sides(512...2048), recommended: []),
    seed: .documented, guidance: .accepted(1...10, standard: 2.5),
    retired: "the service is withdrawing it")

  private static let seedEdit = ModelRules(
    family: "seededit-3-0-i2i-*", sizes: SizeRule(presets: [], pixels: .none, recommended: []),
    seed: .disputed, guidance: .accepted(1...10, standard: 5.5),
    references: images(1...1),
    retired: "the service has shut it down")

  private static let seedream4 = ModelRules(
    family: "seedream-4-0-*",
    sizes: SizeRule(
      presets: [.one, .two, .four],
      pixels: .area(921_600...16_777_216, ratio: (1.0 / 16)...16), recommended: []),
    seed: .disputed, guidance: .notAccepted, references: images(0...14), group: 15, together: 15,
    streams: true, promptModes: ["standard", "fast"], price: ModelPrice(image: 30_000))

  private static let seedream45 = ModelRules(
    family: "seedream-4-5-*",
    sizes: SizeRule(
      presets: [.two, .four],
      pixels: .area(3_686_400...16_777_216, ratio: (1.0 / 16)...16), recommended: []),
    seed: .disputed, guidance: .notAccepted, references: images(0...14), group: 15, together: 15,
    streams: true, price: ModelPrice(image: 40_000))

  private static let seedream5 = ModelRules(
    family: "seedream-5-0-*",
    sizes: SizeRule(
      presets: [.two, .three, .four],
      pixels: .area(3_686_400...16_777_216, ratio: (1.0 / 16)...16), recommended: []),
    seed: .disputed, guidance: .notAccepted, references: images(0...14), group: 15, together: 15,
    streams: true, outputFormats: ["png", "jpeg"], price: ModelPrice(image: 35_000))

  /// The models of one image per request.
  private static func small(
    _ family: String, seed: ModelRules.SeedHandling, modes: [String], _ price: ModelPrice
  ) -> ModelRules {
    ModelRules(
      family: family,
      sizes: SizeRule(
        presets: [.one, .oneAndAHalf, .two],
        pixels: .steps(area: 921_600...4_624_220, ratio: (1.0 / 16)...16, multiple: 16),
        recommended: []),
      seed: seed, guidance: .notAccepted,
      references: images(0...10),
      outputFormats: ["png", "jpeg"], promptModes: modes, price: price)
  }

  // MARK: The four functions

  package func encode(_ request: SubmitRequest) throws(RequestError) -> EncodedRequest {
    let parameters = request.parameters
    let rules = rules(of: parameters.model)
    var body = JSONBody()
    body.add(.model(parameters.model))
    body.add("prompt", request.prompt)
    let images = parameters.references.map(\.placeholder)
    if images.count == 1 { body.add("image", images[0]) }
    if images.count > 1 { body.add("image", images) }
    body.add(.size(parameters.size))
    body.add(.responseFormat(parameters.responseFormat))
    body.add("output_format", parameters.outputFormat)
    body.add(.seed(parameters.seed))
    body.add(.guidanceScale(parameters.guidanceScale))
    body.add(.watermark(parameters.watermark))
    if let mode = parameters.promptMode {
      var options = JSONBody()
      options.add("mode", mode)
      body.add("optimize_prompt_options", options)
    }
    if let group = parameters.group, group > 1 {
      var options = JSONBody()
      options.add("max_images", group)
      // Left out, `max_images` is 15.
      body.add("sequential_image_generation", "auto")
      body.add("sequential_image_generation_options", options)
      if rules.streams { body.add("stream", true) }
    }
    return EncodedRequest(endpoint: Self.endpoint, body: body.body)
  }

  package func readOptions(of body: RequestBody, into parameters: inout RequestParameters) {
    guard let object = try? body.object() else { return }
    if let format = object["output_format"]?.string { parameters.outputFormat = format }
    if let mode = object["optimize_prompt_options"]?["mode"]?.string {
      parameters.promptMode = mode
    }
  }

  package func readSubmit(_ reply: Reply, at now: Date) -> SubmitOutcome {
    SubmitReply.read(reply, at: now).ofSynchronousService(reply)
  }

  /// This service has no jobs, so a reply to a poll shows only whether the service answers.
  package func readPoll(_ reply: Reply, to call: JobState, at now: Date) -> PollReading {
    PollReply.readWithoutJobs(reply, at: now)
  }

  package func nextCall(for state: JobState) -> ServiceCall {
    guard case .recorded(let request, let clientID) = state else {
      return ServiceCall(.get, Self.endpoint)
    }
    return ServiceCall(
      .post, request.endpoint, headers: [HeaderField("X-Client-Request-Id", clientID)],
      body: .json(request.body.bytes))
  }
}
