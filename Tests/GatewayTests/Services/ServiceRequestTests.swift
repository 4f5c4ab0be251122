import Testing

@testable import SeedbankProviders

@Suite("Requests of services")
struct ServiceRequestTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let kind: String
    let parameters: RequestParameters
    let call: String
    let body: String

    var testDescription: String { "\(kind) \(parameters.model ?? "-")" }

    init(_ kind: String, _ parameters: RequestParameters, _ call: String, _ body: String) {
      self.kind = kind
      self.parameters = parameters
      self.call = call
      self.body = body
    }
  }

  private static let two: [ReferenceInput] = [
    .link("https://a.example/1.png"), .link("https://a.example/2.png"),
  ]

  static let rows = [
    Row(
      "pixazo", RequestParameters(model: "seedream-4-0-250828", size: ImageSize("2K"), seed: 7),
      "POST /byteplus/v1/getTextToImage",
      #"{"prompt":"p","model":"seedream-4-0-250828","size":"2K","seed":7}"#),
    Row(
      "pixazo", RequestParameters(model: "seedream-4-0-250828", seed: 7, references: two),
      "POST /byteplus/v1/getEditMultiImage",
      #"{"prompt":"p","image":["https://a.example/1.png","https://a.example/2.png"],"seed":7}"#),
    Row(
      "pixazo",
      RequestParameters(
        model: "seededit-3-0-i2i-250628", seed: 7, guidanceScale: 5.5, references: [two[0]]),
      "POST /byteplus/v1/getEditImage",
      #"{"prompt":"p","image":"https://a.example/1.png","seed":7,"guidance_scale":5.5}"#),
    Row(
      "pixazo",
      RequestParameters(model: "seedream-5-lite", references: [.stored(digest: "sha256:ab")]),
      "POST /seedream-5-lite/v1/edit-image", #"{"prompt":"p","image":["sha256:ab"]}"#),
    Row(
      "pixazo", RequestParameters(model: "seedream-5-pro", size: ImageSize("2K")),
      "POST /seedream-5-pro/v1/text-to-image", #"{"prompt":"p","size":"2K"}"#),
    Row(
      "pixazo", RequestParameters(model: "seedream-5-0-lite-edit", references: [two[0]]),
      "POST /seedream-5-0-lite-edit/v1/seedream-5-0-lite-edit-request",
      #"{"prompt":"p","image_urls":["https://a.example/1.png"],"num_images":1}"#),
    Row(
      "ark",
      RequestParameters(
        model: "seedream-4-0-250828", size: ImageSize("4K"), seed: 7, watermark: false,
        references: two, group: 3, promptMode: "fast"),
      "POST /images/generations X-Client-Request-Id=c-1",
      #"{"model":"seedream-4-0-250828","prompt":"p","image":["https://a.example/1.png","https://a.example/2.png"],"size":"4K","seed":7,"watermark":false,"optimize_prompt_options":{"mode":"fast"},"sequential_image_generation":"auto","sequential_image_generation_options":{"max_images":3},"stream":true}"#
    ),
    Row(
      "ark",
      RequestParameters(
        model: "seedream-5-0-260128", references: [two[0]], outputFormat: "png"),
      "POST /images/generations X-Client-Request-Id=c-1",
      #"{"model":"seedream-5-0-260128","prompt":"p","image":"https://a.example/1.png","output_format":"png"}"#
    ),
    Row(
      "openai", RequestParameters(model: "gpt-image-1", group: 2, outputFormat: "webp"),
      "POST /images/generations",
      #"{"model":"gpt-image-1","prompt":"p","n":2,"output_format":"webp"}"#),
    Row(
      "openai", RequestParameters(size: ImageSize("1024x1024"), seed: 7),
      "POST /images/generations", #"{"prompt":"p","size":"1024x1024","seed":7}"#),
    Row(
      "openai",
      RequestParameters(model: "gpt-image-1", references: [.stored(digest: "sha256:ab")]),
      "POST /images/edits", #"{"model":"gpt-image-1","prompt":"p","image":"sha256:ab"}"#),
    Row(
      "fal",
      RequestParameters(
        model: "fal-ai/bytedance/seedream/v4/edit", size: ImageSize("1024x1280"), seed: 7,
        references: [two[0]], group: 2),
      "POST /fal-ai/bytedance/seedream/v4/edit x-fal-no-retry=1 x-app-fal-disable-fallback=true",
      #"{"prompt":"p","image_urls":["https://a.example/1.png"],"image_size":{"width":1024,"height":1280},"seed":7,"max_images":2}"#
    ),
    Row(
      "replicate",
      RequestParameters(
        model: "bytedance/seedream-4", size: ImageSize("1024x1280"), references: [two[0]], group: 2),
      "POST /v1/models/bytedance/seedream-4/predictions",
      #"{"input":{"prompt":"p","size":"custom","width":1024,"height":1280,"image_input":["https://a.example/1.png"],"sequential_image_generation":"auto","max_images":2}}"#
    ),
    Row(
      "replicate", RequestParameters(model: "bytedance/seedream-4:abc", size: ImageSize("2K")),
      "POST /v1/predictions", #"{"version":"abc","input":{"prompt":"p","size":"2K"}}"#),
    Row(
      "replicate", RequestParameters(model: "cog", seed: 7),
      "PUT /predictions/c-1", #"{"input":{"prompt":"p","seed":7}}"#),
  ]

  @Test("a request goes to its endpoint with the body of its service", arguments: rows)
  func encoded(_ row: Row) throws {
    let service = try #require(ImageServices.of(kind: row.kind))
    let request = try SubmitRequest(prompt: "p", parameters: row.parameters).encode(for: service)
    #expect(String(decoding: request.body.bytes, as: UTF8.self) == row.body)
    let call = service.nextCall(for: .recorded(request, clientID: "c-1"))
    let headers = call.headers.filter { $0.name != "Cache-Control" }
    let said = ["\(call.method.rawValue) \(call.path)"] + headers.map { "\($0.name)=\($0.value)" }
    #expect(said.joined(separator: " ") == row.call)
  }

  @Test(
    "a job is polled at the address for its id, not at a link in a reply",
    arguments: [
      ("pixazo", "/byteplus/v1/getTextToImage", "POST /ai-model-api-polling/getGenerationResults"),
      ("pixazo", "/seedream-5-pro/v1/edit-image", "GET /v2/requests/status/j-1"),
      (
        "fal", "/fal-ai/bytedance/seedream/v4/edit",
        "GET /fal-ai/bytedance/requests/j-1/status"
      ),
      ("replicate", "/v1/models/a/b/predictions", "GET /v1/predictions/j-1"),
      ("replicate", "/predictions", "GET /predictions/j-1"),
    ])
  func polled(_ kind: String, _ endpoint: String, _ expected: String) throws {
    let service = try #require(ImageServices.of(kind: kind))
    let call = service.nextCall(for: .running(endpoint: endpoint, jobID: "j-1"))
    #expect("\(call.method.rawValue) \(call.path)" == expected)
  }

  @Test(
    "an id cannot change the rest of a path",
    arguments: ["../x", "a/b", "a?b", "a#b", "..", "a%2Fb"])
  func segments(_ id: String) {
    let segment = JobState.segment(id)
    #expect(segment.allSatisfy { $0.isLetter || $0.isNumber || "%-_~.".contains($0) })
    #expect(segment != ".." && !segment.contains("/"))
  }

  struct Refused: CustomTestStringConvertible, Sendable {
    let kind: String
    let parameters: RequestParameters
    let error: RequestError

    var testDescription: String { "\(kind): \(error)" }
  }

  static let refused = [
    Refused(
      kind: "ark", parameters: RequestParameters(),
      error: .modelRequired(example: "seedream-4-0-250828")),
    Refused(
      kind: "ark",
      parameters: RequestParameters(model: "dola-seedream-5-0-pro-260628", group: 2),
      error: .groupOutOfRange(2, model: "dola-seedream-5-0-pro-260628", allowed: 1...1)),
    Refused(
      kind: "ark",
      parameters: RequestParameters(model: "seedream-4-0-250828", references: two, group: 14),
      error: .groupOutOfRange(14, model: "seedream-4-0-250828", allowed: 1...13)),
    Refused(
      kind: "ark",
      parameters: RequestParameters(model: "seedream-4-0-250828", outputFormat: "png"),
      error: .fieldNotAccepted(.outputFormat, model: "seedream-4-0-250828")),
    Refused(
      kind: "fal",
      parameters: RequestParameters(
        model: "fal-ai/bytedance/seedream/v4/edit",
        references: Array(repeating: two[0], count: 10), group: 6),
      error: .groupOutOfRange(6, model: "fal-ai/bytedance/seedream/v4/edit", allowed: 1...5)),
    Refused(
      kind: "openai", parameters: RequestParameters(model: "gpt-image-1", seed: 1),
      error: .fieldNotAccepted(.seed, model: "gpt-image-1")),
    Refused(
      kind: "openai",
      parameters: RequestParameters(model: "gpt-image-1", responseFormat: .url),
      error: .fieldNotAccepted(.responseFormat, model: "gpt-image-1")),
    Refused(
      kind: "replicate", parameters: RequestParameters(model: "bytedance/seedream-4", seed: 1),
      error: .fieldNotAccepted(.seed, model: "bytedance/seedream-4")),
    Refused(
      kind: "replicate", parameters: RequestParameters(model: "seedream"),
      error: .modelNotQualified("seedream", example: "bytedance/seedream-4.5")),
    Refused(
      kind: "pixazo",
      parameters: RequestParameters(
        model: "seededit-3-0-i2i-250628", references: [.stored(digest: "sha256:ab")]),
      error: .referenceMustBeLink(position: 1, model: "seededit-3-0-i2i-250628")),
    Refused(
      kind: "fal",
      parameters: RequestParameters(
        model: "fal-ai/bytedance/seedream/v4/text-to-image", references: [two[0]]),
      error: .referenceCount(
        1, model: "fal-ai/bytedance/seedream/v4/text-to-image", allowed: 0...0)),
  ]

  @Test("a parameter that a model does not accept is refused before it is sent", arguments: refused)
  func refusals(_ row: Refused) throws {
    let service = try #require(ImageServices.of(kind: row.kind))
    #expect(throws: row.error) {
      try SubmitRequest(prompt: "p", parameters: row.parameters).encode(for: service)
    }
  }

  @Test("a large image of the model that charges by size has the larger price")
  func prices() throws {
    let ark = Ark()
    func micros(_ model: String, _ size: String?, group: Int? = nil, references: Int = 0) -> Int64?
    {
      let parameters = RequestParameters(
        model: model, size: size.flatMap { ImageSize($0) },
        references: Array(repeating: .link("https://a.example/1.png"), count: references),
        group: group)
      return ark.price(of: SubmitRequest(prompt: "p", parameters: parameters), by: .standard)?
        .micros
    }
    #expect(micros("dola-seedream-5-0-pro-260628", "1600x1600") == 45_000)
    #expect(micros("dola-seedream-5-0-pro-260628", "2048x2048") == 90_000)
    #expect(micros("dola-seedream-5-0-pro-260628", "1K", references: 3) == 51_000)
    #expect(micros("seedream-4-0-250828", "2K", group: 5) == 150_000)
    #expect(micros("ep-unknown", nil) == nil)
  }

  @Test(
    "a price in the settings is used before the built-in one, and a default applies to all other models"
  )
  func ownPrices() {
    let own = PriceTable(own: [
      "seedream-4-0-250828": ModelPrice(image: 25_000), PriceTable.anyModel: ModelPrice(image: 7),
    ])
    #expect(own.version == "2026-09+own")
    func micros(_ model: String?, by prices: PriceTable, at service: some ImageService) -> Int64? {
      let request = SubmitRequest(prompt: "p", parameters: RequestParameters(model: model))
      return service.price(of: request, by: prices)?.micros
    }
    #expect(micros("seedream-4-0-250828", by: own, at: Ark()) == 25_000)
    #expect(micros("seedream-4-5-251128", by: own, at: Ark()) == 40_000)
    #expect(micros("ep-unknown", by: own, at: Ark()) == 7)
    #expect(micros(nil, by: own, at: .pixazo) == 7)
    #expect(micros(nil, by: .standard, at: .pixazo) == nil)
  }
}
