package import FoundationEssentials

/// Replicate, and Cog servers with the same protocol.
///
/// Sources: Replicate's HTTP API reference, its model pages and Cog's documentation, 2026-09.
package struct Replicate: ImageService {
  package let kind = "replicate"
  package let standardBase: String? = "https://api.replicate.com"
  package let keyField = KeyField(name: "Authorization", prefix: "Bearer ")

  /// Makes the service.
  package init() {}

  private static let versions = "/v1/predictions"
  private static let files = "/v1/files"

  /// The paths start with the version, so that the base can be given with or without it.
  package func normalizedBase(_ base: String) -> String {
    var base = base
    while base.hasSuffix("/") { base.removeLast() }
    return base.hasSuffix("/v1") ? String(base.dropLast(3)) : base
  }

  // MARK: Models

  package var standardModel: ModelRules? { nil }

  package var models: [ListedModel] {
    [
      ListedModel("bytedance/seedream-4.5", Self.seedream(4.5, 0...14, [.two, .four], 40_000)),
      ListedModel("bytedance/seedream-4", Self.seedream(4, 0...10, [.one, .two, .four], 30_000)),
      ListedModel("bytedance/seedream-3", Self.seedream3),
    ]
  }

  private static func seedream(
    _ version: Double, _ references: ClosedRange<Int>, _ presets: [ImageSize.Preset],
    _ price: Int64
  ) -> ModelRules {
    ModelRules(
      family: version == 4 ? "bytedance/seedream-4" : "bytedance/seedream-4.5",
      sizes: SizeRule(presets: presets, pixels: .sides(1024...4096), recommended: []),
      seed: .rejected, guidance: .notAccepted, watermark: .ignored, responseFormats: [],
      references: ReferenceRule(references, .data), group: 15, together: 15,
      price: ModelPrice(image: price))
  }

  private static let seedream3 = ModelRules(
    family: "bytedance/seedream-3",
    sizes: SizeRule(presets: [], pixels: .sides(512...2048), recommended: []),
    seed: .documented, guidance: .accepted(1...10, standard: 2.5), watermark: .ignored,
    responseFormats: [], price: ModelPrice(image: 30_000))

  package var unknownModel: ModelRules { .unknownByLink }

  // MARK: The four functions

  package func encode(_ request: SubmitRequest) throws(RequestError) -> EncodedRequest {
    let parameters = request.parameters
    let model = parameters.model ?? ""
    var input = JSONBody()
    input.add("prompt", request.prompt)
    addSize(parameters, to: &input)
    if !parameters.references.isEmpty {
      input.add("image_input", parameters.references.map(\.placeholder))
    }
    if let group = parameters.group, group > 1 {
      input.add("sequential_image_generation", "auto")
      input.add("max_images", group)
    }
    input.add(.seed(parameters.seed))
    input.add(.guidanceScale(parameters.guidanceScale))
    input.add("output_format", parameters.outputFormat)
    var body = JSONBody()
    let endpoint: String
    if model.lowercased() == Self.cog {
      endpoint = Self.cogPath
    } else if let colon = model.lastIndex(of: ":") {
      endpoint = Self.versions
      body.add("version", String(model[model.index(after: colon)...]))
    } else {
      let parts = try parts(ofModel: model)
      let path = parts.map { JobState.segment(String($0)) }.joined(separator: "/")
      endpoint = "/v1/models/\(path)/predictions"
    }
    body.add("input", input)
    return EncodedRequest(endpoint: endpoint, body: body.body)
  }

  /// A name is `owner/name`, `owner/name:version` or that of a Cog server.
  public func checkName(ofModel name: String) throws(RequestError) {
    if name.lowercased() != Self.cog, !name.contains(":") { _ = try parts(ofModel: name) }
  }

  private func parts(ofModel name: String) throws(RequestError) -> [Substring] {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw .modelNotQualified(name, example: models[0].name)
    }
    return parts
  }

  /// A size in pixels is two numbers and the word `custom`.
  private func addSize(_ parameters: RequestParameters, to input: inout JSONBody) {
    switch parameters.size {
    case .pixels(let width, let height)?:
      let isOlder = rules(of: parameters.model) == Self.seedream3
      input.add(isOlder ? "aspect_ratio" : "size", "custom")
      input.add("width", width)
      input.add("height", height)
    case .preset(let preset)?: input.add("size", preset.rawValue)
    case nil: break
    }
  }

  package func readOptions(of body: RequestBody, into parameters: inout RequestParameters) {
    guard let input = (try? body.object())?["input"] else { return }
    if let format = input["output_format"]?.string { parameters.outputFormat = format }
  }

  package func readSubmit(_ reply: Reply, at now: Date) -> SubmitOutcome {
    switch SubmitReply.read(reply, at: now) {
    case .notSubmitted(let reason) where reason.retryAfter == nil:
      .notSubmitted(
        NotSubmitted(
          reason: reason.reason, retryAfter: Self.reset(in: reason.message.text),
          message: reason.message))
    case .offered(let offers): .offered(Self.withSeed(offers, of: reply))
    // The status of a prediction decides what it costs, and a poll reads it.
    case .refused(let refusal) where refusal.kind == .stated:
      Self.prediction(in: reply).map { SubmitOutcome.accepted(jobID: $0) } ?? .refused(refusal)
    case let outcome: outcome
    }
  }

  package func readSubmit(_ reply: Reply, from endpoint: String, at now: Date) -> SubmitOutcome {
    endpoint == Self.cogPath ? Self.readCog(reply, at: now) : readSubmit(reply, at: now)
  }

  /// The id of a prediction that has ended; nil for an error about the request.
  private static func prediction(in reply: Reply) -> String? {
    guard let root = ReplyContent(reply.body).object, let id = JobID.read(root),
      JobStatus.read(from: root)?.phase == .failed
    else { return nil }
    return id
  }

  /// A model that takes a seed has it in the repeated input.
  static func withSeed(_ offers: Offers, of reply: Reply) -> Offers {
    var offers = offers
    offers.seed =
      offers.seed ?? Offers.seed(ReplyContent(reply.body).object?["input"]?["seed"])
    return offers
  }

  /// The message of a rate limit states its end: "resets in ~30s".
  private static func reset(in text: String?) -> Duration? {
    guard let text, let start = text.firstRange(of: "resets in") else { return nil }
    let digits = text[start.upperBound...].drop { $0 == " " || $0 == "~" }
      .prefix { $0.isASCII && $0.isNumber }
    return Int(digits).flatMap { (0...86_400).contains($0) ? .seconds($0) : nil }
  }

  package func canRepeat(requestTo endpoint: String) -> Bool { endpoint == Self.cogPath }

  package var endpointWithoutJobs: String? { Self.cogPath }

  /// A Cog server sends the images as data URIs.
  package func repliesWithImages(to request: EncodedRequest) -> Bool {
    request.endpoint == Self.cogPath
  }

  /// The largest image that is sent as a data URI, in bytes: the service recommends uploads from 1 MB on.
  private static let largestDataURI: Int64 = 1_000_000

  package func upload(
    of image: ReferenceBytes, named placeholder: String, for request: EncodedRequest
  ) -> ServiceCall? {
    guard request.endpoint != Self.cogPath, image.count > Self.largestDataURI else { return nil }
    var form = JSONBody()
    form.add("content", placeholder)
    return ServiceCall(.post, Self.files, body: .form(form.bytes))
  }

  /// The longest link of an upload, in bytes.
  private static let longestLink = 4_096

  package func readUpload(_ reply: Reply, at now: Date) -> UploadOutcome {
    guard (200...299).contains(reply.status),
      let link = ReplyContent(reply.body).object?["urls"]?["get"]?.string,
      (try? WebAddress(link)) != nil, link.utf8.count <= Self.longestLink
    else { return .refused(readSubmit(reply, at: now).ofUpload) }
    return .stored(link: link)
  }

  package func readPoll(_ reply: Reply, to call: JobState, at now: Date) -> PollReading {
    // A Cog server has no jobs, so the reply shows only whether the server answers.
    if case .running(Self.cogPath, _) = call { return PollReply.readWithoutJobs(reply, at: now) }
    switch PollReply.read(reply, at: now) {
    case .offered(let offers): return .outcome(.offered(Self.withSeed(offers, of: reply)))
    case .incomplete(let status, let offers):
      return .outcome(.incomplete(status, Self.withSeed(offers, of: reply)))
    case .failed(var failure):
      // Both mean that the prediction was stopped. `aborted` means before it started, without a charge.
      failure.mayBeCharged = failure.status?.word.lowercased() == "canceled"
      return .outcome(.failed(failure))
    case let outcome: return .outcome(outcome)
    }
  }

  package func nextCall(for state: JobState) -> ServiceCall {
    switch state {
    case .recorded(let request, let clientID):
      guard request.endpoint != Self.cogPath else { return Self.cogCall(request, clientID) }
      // The id must be recorded before the work is finished, so the request does not wait for the
      // result.
      return ServiceCall(.post, request.endpoint, body: .json(request.body.bytes))
    case .running(let endpoint, let jobID), .finished(let endpoint, let jobID):
      let base = endpoint == Self.cogPath ? Self.cogPath : Self.versions
      return ServiceCall(.get, "\(base)/\(JobState.segment(jobID))")
    }
  }
}
