package import FoundationEssentials

/// fal's queue: a submit that returns a job, a status, and a result with another address.
///
/// Sources: fal's documentation of the queue and of its Seedream models, 2026-09.
package struct Fal: ImageService {
  package let kind = "fal"
  package let standardBase: String? = "https://queue.fal.run"
  package let keyField = KeyField(name: "Authorization", prefix: "Key ")

  /// Makes the service.
  package init() {}

  // MARK: Models

  package var standardModel: ModelRules? { nil }

  package var models: [ListedModel] {
    let family = "fal-ai/bytedance/seedream/"
    return [
      ListedModel(
        family + "v3/text-to-image",
        Self.rules(
          family + "v3/text-to-image", Self.older, .documented,
          guidance: .accepted(1...10, standard: 2.5), ModelPrice(image: 30_000))),
      ListedModel(
        family + "v4/text-to-image",
        Self.rules(
          family + "v4/text-to-image", Self.newer, .accepted, group: 6,
          ModelPrice(image: 30_000))),
      ListedModel(
        family + "v4/edit",
        Self.rules(
          family + "v4/edit", Self.newer, .accepted, references: 1...10, group: 6,
          ModelPrice(image: 30_000))),
      ListedModel(
        family + "v4.5/text-to-image",
        Self.rules(
          family + "v4.5/text-to-image", Self.newer, .accepted, group: 6,
          ModelPrice(image: 40_000))),
      ListedModel(
        family + "v4.5/edit",
        Self.rules(
          family + "v4.5/edit", Self.newer, .accepted, references: 1...10, group: 6,
          ModelPrice(image: 40_000))),
    ]
  }

  private static let older = SizeRule(presets: [], pixels: .sides(512...2048), recommended: [])
  private static let newer = SizeRule(
    presets: [.two, .four], pixels: .area(921_600...16_777_216, ratio: (1.0 / 16)...16),
    recommended: [])

  private static func rules(
    _ family: String, _ sizes: SizeRule, _ seed: ModelRules.SeedHandling,
    guidance: ModelRules.GuidanceRule = .notAccepted, references: ClosedRange<Int> = 0...0,
    group: Int = 1, _ price: ModelPrice
  ) -> ModelRules {
    ModelRules(
      family: family, sizes: sizes, seed: seed, echoesSeed: true, guidance: guidance,
      watermark: .ignored, responseFormats: [], references: ReferenceRule(references, .data),
      group: group, together: 15, price: price)
  }

  package var unknownModel: ModelRules { .unknownByLink }

  // MARK: The four functions

  package func encode(_ request: SubmitRequest) throws(RequestError) -> EncodedRequest {
    let parameters = request.parameters
    var body = JSONBody()
    body.add("prompt", request.prompt)
    if !parameters.references.isEmpty {
      body.add("image_urls", parameters.references.map(\.placeholder))
    }
    switch parameters.size {
    case .pixels(let width, let height)?:
      var size = JSONBody()
      size.add("width", width)
      size.add("height", height)
      body.add("image_size", size)
    case .preset(let preset)?: body.add("image_size", "auto_\(preset.rawValue)")
    case nil: break
    }
    body.add(.seed(parameters.seed))
    body.add(.guidanceScale(parameters.guidanceScale))
    body.add("output_format", parameters.outputFormat)
    if let group = parameters.group, group > 1 { body.add("max_images", group) }
    return EncodedRequest(endpoint: "/" + Self.path(parameters.model), body: body.body)
  }

  /// The id of an endpoint as a path.
  ///
  /// Its segments are encoded.
  private static func path(_ model: String?) -> String {
    (model ?? "").split(separator: "/").map { JobState.segment(String($0)) }
      .joined(separator: "/")
  }

  package func readSubmit(_ reply: Reply, at now: Date) -> SubmitOutcome {
    let outcome = SubmitReply.read(reply, at: now)
    // The list of errors contains the kind and the message.
    if case .refused(let refusal) = outcome, Self.isModeration(reply) {
      return .refused(Refusal(kind: .moderation, message: refusal.message))
    }
    if case .keyRefused(let refusal) = outcome, refusal.kind == .forbidden,
      refusal.message.description.lowercased().contains("exhausted balance")
    {
      return .keyRefused(KeyRefusal(kind: .payment, message: refusal.message))
    }
    return outcome
  }

  package func readPoll(_ reply: Reply, to call: JobState, at now: Date) -> PollReading {
    let outcome = PollReply.read(reply, at: now)
    guard case .finished = call else { return Self.status(reply, outcome) }
    switch outcome {
    case .pending(nil): return .outcome(.succeededWithoutImages)
    case .refused(let refusal):
      if Self.isLate(reply, refusal) { return .outcome(.pending(nil)) }
      // The service returns the status of the model.
      return .outcome(Self.failed(reply, refusal.message, refusal.kind == .moderation))
    case .retryLater(.server, _), .retryLater(.unexpectedStatus, _), .retryLater(.statedFault, _):
      // With a type, the error is that of the job, and every later call returns it too.
      guard !Self.errorTypes(of: reply).isEmpty else { return .outcome(outcome) }
      return .outcome(Self.failed(reply, GatewayMessage(ReplyContent(reply.body).object)))
    default: return .outcome(outcome)
    }
  }

  /// Whether the result is not stored yet: the store of results can lag behind the status.
  ///
  /// With the type of another error, the job has failed.
  private static func isLate(_ reply: Reply, _ refusal: Refusal) -> Bool {
    let text = refusal.message.text?.lowercased() ?? ""
    return ["still in progress", "not ready"].contains { text.contains($0) }
      && errorTypes(of: reply).allSatisfy { $0.hasSuffix("in_progress") }
  }

  /// COMPLETED means that the result can be requested, or that the job failed if there is an error.
  ///
  /// It is final, also if the words of the error are those of a failed poll, such as "Request timed out".
  private static func status(_ reply: Reply, _ outcome: PollOutcome) -> PollReading {
    switch outcome {
    case .succeededWithoutImages: return .resultReady
    case .offered, .incomplete, .pending: return .outcome(outcome)
    case .failed(let failure):
      return .outcome(failed(reply, failure.message, failure.isModeration, failure.status))
    default:
      guard (200...299).contains(reply.status), let root = ReplyContent(reply.body).object,
        JobStatus.read(from: root)?.phase == .done
      else { return .outcome(outcome) }
      return .outcome(failed(reply, GatewayMessage(root)))
    }
  }

  private static func failed(
    _ reply: Reply, _ message: GatewayMessage, _ isModeration: Bool = false,
    _ status: JobStatus? = nil
  ) -> PollOutcome {
    .failed(
      JobFailure(
        isModeration: isModeration || Self.isModeration(reply), status: status, message: message))
  }

  /// The types of an error: of the model, such as `internal_server_error` in a list of details, or outside
  /// of it, such as `request_timeout`.
  private static func errorTypes(of reply: Reply) -> [String] {
    let root = ReplyContent(reply.body).object
    let ofModel = root?["detail"]?.elements?.first?["type"]?.string
    return [ofModel, root?["error_type"]?.string, reply.headers["x-fal-error-type"]]
      .compactMap(\.self)
  }

  private static func isModeration(_ reply: Reply) -> Bool {
    errorTypes(of: reply).contains { ErrorMeaning.ofCode($0) == .moderation }
  }

  package func nextCall(for state: JobState) -> ServiceCall {
    switch state {
    case .recorded(let request, _):
      ServiceCall(
        .post, request.endpoint,
        headers: [
          // Otherwise the queue would repeat requests, and models would be replaced by others.
          HeaderField("x-fal-no-retry", "1"),
          HeaderField("x-app-fal-disable-fallback", "true"),
        ], body: .json(request.body.bytes))
    case .running(let endpoint, let jobID):
      ServiceCall(.get, Self.job(endpoint, jobID) + "/status")
    case .finished(let endpoint, let jobID):
      ServiceCall(.get, Self.job(endpoint, jobID))
    }
  }

  /// The address of a job contains the owner and the application, without the path of the model.
  private static func job(_ endpoint: String, _ jobID: String) -> String {
    let application = endpoint.split(separator: "/").prefix(2).joined(separator: "/")
    return "/\(application)/requests/\(JobState.segment(jobID))"
  }
}
