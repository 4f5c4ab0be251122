import FoundationEssentials

extension SubmitRequest {
  /// Reads what the bodies of all services have in common.
  ///
  /// - Parameters:
  ///   - images: The member with reference images, one or a list.
  ///   - most: The largest number of reference images.
  init(_ json: JSON, images: JSON?, most: Int, body: [UInt8]) throws(Objection) {
    guard case .text(let prompt)? = json["prompt"], prompt.contains(where: { !$0.isWhitespace })
    else { throw Objection(answer: Answer(400, .text, message: "A prompt is required.")) }
    self.init(
      prompt: prompt, model: "", size: Self.size(json["size"] ?? json["image_size"]),
      seed: try Self.seed(json["seed"]), guidance: nil, watermark: false, base64: false,
      body: String(decoding: body, as: UTF8.self))
    if case .number(let scale)? = json["guidance_scale"] { guidance = scale }
    if case .integer(let scale)? = json["guidance_scale"] { guidance = Double(scale) }
    references = try Self.references(images)
    guard references.count <= most else {
      throw .field("image", "There are too many reference images.")
    }
  }

  private static func size(_ value: JSON?) -> PixelSize {
    let presets = ["1K": 1024, "1.5K": 1536, "2K": 2048, "3K": 3072, "4K": 4096]
    guard case .text(let text)? = value else { return PixelSize(width: 1024, height: 1024) }
    let side = presets[text.replacing("auto_", with: "")] ?? 1024
    return PixelSize(text) ?? PixelSize(width: side, height: side)
  }

  /// The reference images: links unchanged, and data URIs as digests, which keeps the ledger small.
  private static func references(_ value: JSON?) throws(Objection) -> [String] {
    let texts: [JSON]
    switch value {
    case nil, .null?: return []
    case .list(let items)?: texts = items
    case .some(let item): texts = [item]
    }
    var references: [String] = []
    for item in texts {
      guard let text = item.string else { throw .field("image", "An image must be a string.") }
      if text.hasPrefix("http://") || text.hasPrefix("https://") {
        references.append(text)
        continue
      }
      guard text.hasPrefix("data:image/"), let comma = text.firstIndex(of: ","),
        text[..<comma].hasSuffix(";base64"), text[..<comma] == text[..<comma].lowercased()[...],
        let bytes = Data(base64Encoded: String(text[text.index(after: comma)...])), !bytes.isEmpty
      else { throw .field("image", "An image must be a URL or a data URI.") }
      references.append(Digest64().adding(bytes).hexadecimal)
    }
    return references
  }
}

extension JSON {
  /// The text, if it is one.
  var string: String? { if case .text(let text) = self { text } else { nil } }

  /// Reads the body of a request.
  init(request bytes: [UInt8]) throws(Objection) {
    guard let json = try? JSON(parsing: bytes), case .object = json else {
      throw Objection(answer: Answer(400, .text, message: "The body is not a JSON object."))
    }
    self = json
  }
}
