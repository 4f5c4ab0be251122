package import FoundationEssentials

/// Services and local servers with OpenAI's image API: generations as JSON, edits as a form.
///
/// Sources: OpenAI's API reference for images and its public SDKs, 2026-09.
package struct OpenAICompatible: ImageService {
  package let kind = "openai"
  package let standardBase: String? = "https://api.openai.com/v1"
  package let keyField = KeyField(name: "Authorization", prefix: "Bearer ")
  package let namesJobs = false

  /// Makes the service.
  package init() {}

  private static let generations = "/images/generations"
  private static let edits = "/images/edits"

  // MARK: Models

  /// A local server has only one model, so the request need not name it.
  package var standardModel: ModelRules? { unknownModel }

  package var unknownModel: ModelRules {
    var rules = ModelRules.unknown
    rules.unchecked = [.outputFormat]
    return rules
  }

  package var models: [ListedModel] {
    [
      ListedModel("gpt-image-1", Self.gptImage("gpt-image-1*", Self.threeSizes)),
      ListedModel("gpt-image-2", Self.gptImage("gpt-image-2*", Self.anySize)),
      ListedModel(
        "chatgpt-image-latest", prefix: "chatgpt-image",
        Self.gptImage("chatgpt-image-*", Self.threeSizes)),
      ListedModel("dall-e-3", Self.dallE3),
      ListedModel("dall-e-2", Self.dallE2),
    ]
  }

  /// The sizes of later `gpt-image` models are not known, but all of them refuse the same parameters.
  package func rules(of model: String?) -> ModelRules {
    guard let name = model?.lowercased() else { return unknownModel }
    if let listed = models.first(where: { name.hasPrefix($0.prefix) }) { return listed.rules }
    guard name.hasPrefix("gpt-image") else { return unknownModel }
    var rules = Self.gptImage(nil, ModelRules.unknown.sizes)
    rules.unchecked = [.outputFormat]
    return rules
  }

  private static func sizes(_ sides: [(Int, Int)]) -> SizeRule {
    SizeRule(
      presets: [], pixels: .list(sides.map { .pixels(width: $0.0, height: $0.1) }),
      recommended: [])
  }

  private static let threeSizes = sizes([(1024, 1024), (1536, 1024), (1024, 1536)])
  private static let anySize = SizeRule(
    presets: [],
    pixels: .steps(area: 655_360...8_294_400, ratio: (1.0 / 3)...3, multiple: 16, longest: 3840),
    recommended: [])

  private static func gptImage(_ family: String?, _ sizes: SizeRule) -> ModelRules {
    ModelRules(
      family: family, sizes: sizes, seed: .rejected, guidance: .notAccepted, watermark: .ignored,
      responseFormats: [], references: ReferenceRule(0...16, .file, largestFile: 50 << 20),
      group: 10, outputFormats: ["png", "jpeg", "webp"])
  }

  private static let dallE3 = ModelRules(
    family: "dall-e-3", sizes: sizes([(1024, 1024), (1792, 1024), (1024, 1792)]),
    seed: .rejected, guidance: .notAccepted, watermark: .ignored)

  private static let dallE2 = ModelRules(
    family: "dall-e-2", sizes: sizes([(256, 256), (512, 512), (1024, 1024)]),
    seed: .rejected, guidance: .notAccepted, watermark: .ignored,
    references: ReferenceRule(0...1, .file, largestFile: 4 << 20), group: 10)

  // MARK: The four functions

  package func encode(_ request: SubmitRequest) throws(RequestError) -> EncodedRequest {
    let parameters = request.parameters
    let images = parameters.references.map(\.placeholder)
    var body = JSONBody()
    body.add(.model(parameters.model))
    body.add("prompt", request.prompt)
    if images.count == 1 { body.add("image", images[0]) }
    if images.count > 1 { body.add("image", images) }
    if let group = parameters.group, group > 1 { body.add("n", group) }
    body.add(.size(parameters.size))
    body.add(.responseFormat(parameters.responseFormat))
    body.add("output_format", parameters.outputFormat)
    body.add(.seed(parameters.seed))
    body.add(.guidanceScale(parameters.guidanceScale))
    body.add(.watermark(parameters.watermark))
    return EncodedRequest(
      endpoint: images.isEmpty ? Self.generations : Self.edits, body: body.body)
  }

  package func readOptions(of body: RequestBody, into parameters: inout RequestParameters) {
    guard let object = try? body.object() else { return }
    if let format = object["output_format"]?.string { parameters.outputFormat = format }
  }

  package func readSubmit(_ reply: Reply, at now: Date) -> SubmitOutcome {
    SubmitReply.read(reply, at: now).ofSynchronousService(reply)
  }

  /// Some models and local servers always send the images, whatever the request asks for.
  package func repliesWithImages(to request: EncodedRequest) -> Bool { true }

  /// This service has no jobs, so a reply to a poll shows only whether the service answers.
  package func readPoll(_ reply: Reply, to call: JobState, at now: Date) -> PollReading {
    PollReply.readWithoutJobs(reply, at: now)
  }

  package func nextCall(for state: JobState) -> ServiceCall {
    guard case .recorded(let request, _) = state else {
      return ServiceCall(.get, Self.generations)
    }
    let bytes = request.body.bytes
    return ServiceCall(
      .post, request.endpoint, body: request.endpoint == Self.edits ? .form(bytes) : .json(bytes))
  }
}
