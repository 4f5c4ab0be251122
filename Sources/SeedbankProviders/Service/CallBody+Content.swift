import SeedbankModel

extension CallBody {
  /// The body that is sent.
  ///
  /// Each placeholder is replaced by the bytes of its image.
  ///
  /// - Parameters:
  ///   - references: The images by placeholder. A placeholder without an image is not changed.
  ///   - boundary: The separator of the parts of a form. It must not occur in an image.
  func content(
    _ references: [String: ReferenceBytes], boundary: String
  ) -> RequestContent {
    switch self {
    case .json(let bytes): Self.json(bytes, references)
    case .form(let bytes): Self.form(bytes, references, boundary)
    }
  }

  private static func json(
    _ bytes: [UInt8], _ references: [String: ReferenceBytes]
  ) -> RequestContent {
    guard !references.isEmpty, let root = try? JSONDocument(bytes).root else {
      return RequestContent(json: bytes)
    }
    var parts: [RequestContent.Part] = []
    var position = 0
    for (range, source) in placeholders(in: root, references) {
      let head = Array("\"data:\(source.mediaType);base64,".utf8)
      parts.append(.bytes(bytes[position..<range.lowerBound] + head))
      parts.append(.base64(source))
      parts.append(.bytes([UInt8(ascii: "\"")]))
      position = range.upperBound
    }
    parts.append(.bytes(Array(bytes[position...])))
    return RequestContent(parts: parts, mediaType: "application/json")
  }

  /// The ranges of placeholders with their quotes, in order, and what is known of each image.
  ///
  /// Only separate values and items of lists count, so that a prompt with such a text is not
  /// changed.
  fileprivate static func placeholders<Value>(
    in view: JSONView, _ references: [String: Value], name: String = ""
  ) -> [(Range<Int>, Value)] {
    if view.begins(with: "sha256:"), name != RequestField.prompt.rawValue {
      guard let source = view.string.flatMap({ references[$0] }) else { return [] }
      return [(view.node.range, source)]
    }
    if let elements = view.elements {
      return elements.flatMap { placeholders(in: $0, references, name: name) }
    }
    return view.valuesByKey.flatMap { name, value in
      placeholders(in: value, references, name: name)
    }
  }

  /// A form of RFC 7578.
  ///
  /// Several images are the parts of a list.
  private static func form(
    _ bytes: [UInt8], _ references: [String: ReferenceBytes], _ boundary: String
  ) -> RequestContent {
    var parts: [RequestContent.Part] = []
    let members = (try? JSONDocument(bytes).root)?.valuesByKey ?? []
    for (name, view) in members {
      if let elements = view.elements {
        for element in elements {
          parts += field(name + "[]", element, references, boundary)
        }
      } else {
        parts += field(name, view, references, boundary)
      }
    }
    parts.append(.bytes(Array("--\(boundary)--\r\n".utf8)))
    return RequestContent(
      parts: parts, mediaType: "multipart/form-data; boundary=\(boundary)")
  }

  private static func field(
    _ name: String, _ view: JSONView, _ references: [String: ReferenceBytes], _ boundary: String
  ) -> [RequestContent.Part] {
    let text = view.string ?? view.source
    var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\""
    guard name != RequestField.prompt.rawValue, let source = references[text] else {
      return [.bytes(Array("\(head)\r\n\r\n\(text)\r\n".utf8))]
    }
    let ending = source.mediaType.split(separator: "/").last ?? "png"
    head += "; filename=\"image.\(ending)\"\r\nContent-Type: \(source.mediaType)\r\n\r\n"
    return [.bytes(Array(head.utf8)), .file(source), .bytes(Array("\r\n".utf8))]
  }
}

extension EncodedRequest {
  /// The request with links in the place of images.
  ///
  /// All other bytes stay the same.
  ///
  /// - Parameter links: The links by placeholder.
  package func replacingImages(by links: [String: String]) -> EncodedRequest {
    guard !links.isEmpty, let root = try? JSONDocument(body.bytes).root else { return self }
    var bytes = body.bytes
    // From the end, so that earlier ranges stay valid.
    for (range, link) in CallBody.placeholders(in: root, links).reversed() {
      bytes.replaceSubrange(range, with: JSONWriter.literal(link))
    }
    return EncodedRequest(endpoint: endpoint, body: RequestBody(recorded: bytes))
  }
}
