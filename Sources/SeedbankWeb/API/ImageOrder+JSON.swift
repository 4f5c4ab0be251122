import SeedbankModel
import SeedbankQuery
import SeedbankStorage

extension ImageOrder {
  /// Reads the body of `POST /api/generations`.
  /// - Throws: `APIError.badJSON`, `.notAnObject` or `.badValue`.
  init(json: [UInt8]) throws {
    self = try JSONObjectReader.decode(Body.self, from: json).order
  }

  private struct Body: Decodable {
    var order = ImageOrder()

    enum Key: String, CodingKey, CaseIterable {
      case prompt, reproduce, model, size, seed, watermark, tags, count, vary
      case guidanceScale = "guidance_scale"
      case newSeed = "new_seed"
    }

    init(from decoder: any Decoder) throws {
      try decoder.allowOnly(Key.allCases.map(\.rawValue))
      let members = try decoder.container(keyedBy: Key.self)
      order.prompt = try members.value(.prompt, "text")
      let original: Int64? = try members.value(.reproduce, "the id of a generation")
      order.reproduces = original.map { GenerationID($0) }
      guard (order.prompt == nil) != (order.reproduces == nil) else {
        throw APIError.badValue("prompt", "text, unless reproduce names a generation")
      }
      order.model = try members.value(.model, "text")
      order.size = try members.value(.size, "text such as 1024x1024")
      order.seed = try members.value(.seed, "a whole number")
      order.guidanceScale = try members.value(.guidanceScale, "a number")
      order.watermark = try members.value(.watermark, "true or false")
      order.usesNewSeed = try members.value(.newSeed, "true or false") ?? false
      guard !order.usesNewSeed || order.reproduces != nil else {
        throw APIError.badValue("new_seed", "true only with reproduce")
      }
      guard !order.usesNewSeed || order.seed == nil else {
        throw APIError.badValue("new_seed", "true only without seed")
      }
      order.count = try members.value(.count, "a whole number from 1 to 100") ?? 1
      guard (1...100).contains(order.count) else {
        throw APIError.badValue("count", "a whole number from 1 to 100")
      }
      order.vary = try members.value(.vary, "a list such as seed=1..3") ?? []
      guard order.vary.count <= 2 else { throw APIError.badValue("vary", "at most two fields") }
      let tags: [String] = try members.value(.tags, "a list of tags") ?? []
      order.tags = try tags.map { text in
        guard let tag = TagName(text) else { throw APIError.badValue("tags", "a list of tags") }
        return tag
      }
    }
  }
}
