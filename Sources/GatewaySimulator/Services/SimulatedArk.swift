import NIOHTTP1

/// The service of the model's maker: it answers at once, or with a stream of events.
struct SimulatedArk: SimulatedService {
  let kind = "ark"
  let basePath = "/api/v3"
  let errorShape: Answer.Shape? = .maker

  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose? {
    switch path {
    case ["api", "v3", "images", "generations"], ["api", "plan", "v3", "images", "generations"]:
      .submit()
    default: nil
    }
  }

  func key(in headers: HTTPHeaders) -> String? { bearer(headers) }

  func read(_ call: Call) throws(Objection) -> SubmitRequest {
    let json = try JSON(request: call.body)
    guard case .text(let model)? = json["model"] else {
      throw .field("model", "The parameter `model` is required.")
    }
    guard let rules = Rules(model) else { throw Objection(answer: Refusal.modelNotFound.answer) }
    var request = try SubmitRequest(
      json, images: json["image"], most: rules.references, body: call.body)
    request.model = model
    request.size = try rules.size(json["size"])
    if json["guidance_scale"] != nil, !rules.takesGuidance {
      throw .field("guidance_scale", "The model does not take `guidance_scale`.")
    }
    if json["output_format"] != nil, !rules.takesFormat {
      throw .field("output_format", "The model does not take `output_format`.")
    }
    if case .text("b64_json")? = json["response_format"] { request.base64 = true }
    if case .bool(true)? = json["stream"] { request.isStream = true }
    if case .text("auto")? = json["sequential_image_generation"] {
      request.count = 15
      let options = json["sequential_image_generation_options"]
      if case .integer(let most)? = options?["max_images"] { request.count = most }
      guard (1...15).contains(request.count),
        request.count + request.references.count <= 15
      else { throw .field("max_images", "There are too many images.") }
    }
    guard rules.makesGroups || !request.isStream && request.count == 1 else {
      throw .field("stream", "The model takes neither groups nor streams.")
    }
    return request
  }

  func accepted(_ work: AcceptedWork) -> Offer {
    let request = work.request
    // Only a stream tells the model with its date.
    let parts = request.model.split(separator: "-")
    let short = parts.last.map { $0.count == 6 ? parts.dropLast() : parts[...] } ?? parts[...]
    let model = request.isStream ? request.model : short.joined(separator: "-")
    var offer = Offer(
      fields: [
        "model": .text(model), "created": .integer(Int(work.now)), "usage": work.job.usage,
      ], items: work.items, container: .data, element: work.acceptance.element, details: true,
      base64: work.acceptance.base64)
    offer.isStream = request.isStream
    return offer
  }

  /// What a model takes, as its maker documents it.
  private struct Rules {
    var presets: [String: Int]
    var area: ClosedRange<Int>
    var references = 14
    var makesGroups = true
    var takesGuidance = false
    var takesFormat = false

    init?(_ model: String) {
      let large = 16_777_216
      let name = model.replacing("doubao-", with: "").replacing("dola-", with: "")
      if name.hasPrefix("seedream-3-0") {
        (presets, area) = ([:], 512 * 512...2048 * 2048)
        (references, makesGroups, takesGuidance) = (0, false, true)
      } else if name.hasPrefix("seedream-4-0") {
        (presets, area) = (["1K": 1024, "2K": 2048, "4K": 4096], 921_600...large)
      } else if name.hasPrefix("seedream-4-5") {
        (presets, area) = (["2K": 2048, "4K": 4096], 3_686_400...large)
      } else if name.hasPrefix("seedream-5-0-pro") || name.hasPrefix("seedream-5-0-flash") {
        (presets, area) = (["1K": 1024, "1.5K": 1536, "2K": 2048], 921_600...4_624_220)
        (references, makesGroups, takesFormat) = (10, false, true)
      } else if name.hasPrefix("seedream-5-0") {
        (presets, area) = (["2K": 2048, "3K": 3072, "4K": 4096], 3_686_400...large)
        takesFormat = true
      } else {
        return nil
      }
    }

    func size(_ value: JSON?) throws(Objection) -> PixelSize {
      guard let value else { return PixelSize(width: 1024, height: 1024) }
      guard case .text(let text) = value else {
        throw .field("size", "The parameter `size` must be a string.")
      }
      if let side = presets[text] { return PixelSize(width: side, height: side) }
      guard let pixels = PixelSize(text), area.contains(pixels.width * pixels.height) else {
        throw .field("size", "The parameter `size` is not valid for this model.")
      }
      return pixels
    }
  }
}
