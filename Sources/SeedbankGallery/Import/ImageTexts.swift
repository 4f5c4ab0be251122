/// The texts of an image, by their place in the file.
struct ImageTexts: Hashable, Sendable {
  /// PNG text chunks by keyword.
  var chunks: [String: String] = [:]
  /// Exif UserComment, decoded.
  var userComment: String?
  /// Exif ImageDescription.
  var description: String?
  /// The first JPEG comment.
  var comment: String?
  /// The JPEG comments after the first.
  var furtherComments: [String] = []
  /// Exif Software.
  var software: String?
  /// Exif Make and Model, where ComfyUI writes graphs in WebP files.
  var make: String?
  var model: String?
  /// Windows' comment, title and subject in Exif.
  var windowsTexts: [String] = []
  /// The caption in XMP or IPTC.
  var caption: String?
  /// The prompt and the system that XMP names (IPTC's AIPromptInformation and AISystemUsed).
  var promptInformation: String?
  var system: String?
  /// The keywords in XMP or IPTC.
  var keywords: [String] = []
  /// The XMP packet.
  var xmp: String?
  /// Texts of XMP properties in which tools write parameters.
  var xmpTexts: [String] = []
  /// The generator that Content Credentials name.
  var credentialsMaker: String?
  /// The text in the lowest bits of the pixels.
  var stealth: String?
  /// The name of the file.
  ///
  /// If several nodes of a graph save images, it shows which one saved this file.
  var fileName: String?
  /// The texts that are JSON objects, parsed; `prepare` finds them.
  private(set) var objects: [JSONObjectText] = []

  /// A text that is a JSON object.
  struct JSONObjectText: Hashable, Sendable {
    let text: String
    let members: [String: JSONValue]
  }

  var isEmpty: Bool {
    var texts = self
    texts.fileName = nil
    return texts == ImageTexts()
  }

  /// The texts in which tools write parameters, the most common places first.
  var parameterTexts: [String] {
    let named = [
      chunks["parameters"], userComment, stealth, description, comment,
    ].compactMap { $0 }
    let others = chunks.filter { $0.key != "parameters" && !Self.blocks.contains($0.key) }
      .sorted { $0.key < $1.key }.map(\.value)
    return named + furtherComments + windowsTexts + [caption].compactMap { $0 } + xmpTexts + others
  }

  /// The texts of Exif and JPEG that tools use for parameters.
  var exifTexts: [String] {
    [model, make, description, userComment, comment].compactMap { $0 } + furtherComments
  }

  /// Whether any of the texts contains the bytes of `part`.
  func mentions(_ part: StaticString) -> Bool {
    let single = [
      userComment, description, comment, software, make, model, caption, promptInformation, system,
      xmp, credentialsMaker, stealth,
    ].compactMap { $0 }
    let all = [Array(chunks.values), single, furtherComments, windowsTexts, keywords, xmpTexts]
    return all.joined().contains { $0.mentions(part) }
  }

  /// When the parsed JSON texts have this size together, no other text is parsed.
  ///
  /// The values can need 26 times the memory of their text.
  static let mostParsedBytes = 8 << 20

  /// Chunks with a tool's own structure instead of text like A1111's.
  private static let blocks: Set = [
    "prompt", "workflow", "parameters-json", "generation_data", "smproj", "invokeai_metadata",
    "invokeai_graph", "invokeai_workflow", "sd-metadata", "extraMetadata",
  ]

  /// Removes trailing zeros, parses JSON texts, and unpacks the chunks that a JSON text holds.
  mutating func prepare() {
    chunks = chunks.mapValues(\.withoutTrailingZeros)
    userComment = userComment?.withoutTrailingZeros
    var bytesLeft = Self.mostParsedBytes
    // SwarmUI once wrote its JSON into the camera's model.
    objects = (parameterTexts + [model, make].compactMap(\.self)).compactMap { text in
      guard bytesLeft > 0, text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else {
        return nil
      }
      bytesLeft -= text.utf8.count
      return JSONValue(parsing: text)?.members.map { JSONObjectText(text: text, members: $0) }
    }
    for object in objects { unpack(object) }
  }

  /// Takes the chunks of a PNG file that a tool wrote into another format as one JSON object.
  private mutating func unpack(_ object: JSONObjectText) {
    let names = Self.blocks.filter { chunks[$0] == nil && object.members[$0] != nil }
    guard !names.isEmpty, let sources = JSONValue.memberTexts(of: object.text) else { return }
    for name in names {
      switch object.members[name] {
      case .string(let text) where text.hasPrefix("{"): chunks[name] = text
      case .object(let members) where name != "prompt" || Self.isGraph(members):
        chunks[name] = sources[name]
      default: break
      }
    }
  }

  private static func isGraph(_ members: [String: JSONValue]) -> Bool {
    members.values.contains { $0["class_type"] != nil }
  }
}

extension String {
  /// The text without the NUL characters that some tools append.
  fileprivate var withoutTrailingZeros: String {
    guard utf8.last == 0 else { return self }
    return String(self[..<(utf8.lastIndex { $0 != 0 }.map(utf8.index(after:)) ?? startIndex)])
  }
}
