/// The body of a submit, with the rules of the maker.
struct SubmitRequest: Sendable {
  var prompt: String
  var model: String
  var size: PixelSize
  /// nil: the gateway chooses one.
  var seed: Int?
  var guidance: Double?
  var watermark: Bool
  var base64: Bool
  var body: String
  /// The largest number of images.
  var count = 1
  /// The reference images: links, and digests of data.
  var references: [String] = []
  /// Whether the images are to come as events, one by one.
  var isStream = false
  /// The client's own id for the job; a job that exists is not charged again.
  var jobID: String?

  /// Equal for equal requests, whatever the layout of their JSON.
  var intent: String {
    let request = Digest64().adding(prompt).adding(model).adding("\(size)").adding(seed ?? -1)
      .adding("\(guidance ?? 0)").adding(watermark ? 1 : 0).adding(base64 ? 1 : 0)
    guard count > 1 || !references.isEmpty else { return request.hexadecimal }
    return references.reduce(request.adding(count)) { $0.adding($1) }.hexadecimal
  }
}

/// The error of a request.
struct Objection: Error {
  var answer: Answer

  static func field(_ name: String, _ message: String) -> Objection {
    Objection(
      answer: Answer(400, .maker, code: "InvalidParameter", message: message, param: name))
  }
}

extension SubmitRequest {
  init(_ bytes: [UInt8]) throws(Objection) {
    let json = try JSON(request: bytes)
    body = String(decoding: bytes, as: UTF8.self)
    guard case .text(let prompt)? = json["prompt"], prompt.contains(where: { !$0.isWhitespace })
    else { throw Objection(answer: Answer(400, .text, message: "A prompt is required.")) }
    self.prompt = prompt
    let model = try Self.text(json, "model") ?? ModelRules.defaultModel
    guard let rules = ModelRules.of(model) else {
      throw Objection(answer: Refusal.modelNotFound.answer)
    }
    self.model = model
    let size = try Self.text(json, "size")
    guard let pixels = rules.pixels(size) else {
      throw .field("size", "The parameter `size` is not valid for this model.")
    }
    self.size = pixels
    seed = try Self.seed(json["seed"])
    guidance = try Self.guidance(json["guidance_scale"], rules)
    switch json["watermark"] {
    case nil, .null: watermark = true
    case .bool(let value): watermark = value
    default: throw .field("watermark", "The parameter `watermark` must be a boolean.")
    }
    switch try Self.text(json, "response_format") {
    case nil, "url": base64 = false
    case "b64_json": base64 = true
    default: throw .field("response_format", "It must be `url` or `b64_json`.")
    }
  }

  private static func text(_ json: JSON, _ field: String) throws(Objection) -> String? {
    switch json[field] {
    case nil, .null: return nil
    case .text(let value): return value
    default: throw .field(field, "The parameter `\(field)` must be a string.")
    }
  }

  static func seed(_ value: JSON?) throws(Objection) -> Int? {
    switch value {
    case nil, .null, .integer(-1): return nil
    case .integer(let seed) where (0...2_147_483_647).contains(seed): return seed
    default: throw .field("seed", "The parameter `seed` must be in -1…2147483647.")
    }
  }

  private static func guidance(_ value: JSON?, _ rules: ModelRules) throws(Objection) -> Double? {
    let number: Double
    switch value {
    case nil, .null: return nil
    case .integer(let value): number = Double(value)
    case .number(let value): number = value
    default: throw .field("guidance_scale", "The parameter `guidance_scale` must be a number.")
    }
    guard rules.takesGuidance else {
      throw .field("guidance_scale", "The model does not take `guidance_scale`.")
    }
    guard (1...10).contains(number) else {
      throw .field("guidance_scale", "The parameter `guidance_scale` must be in 1…10.")
    }
    return number
  }
}
