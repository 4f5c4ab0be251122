import NIOHTTP1

/// A server with OpenAI's image API: generations as JSON, edits as a form.
struct SimulatedOpenAI: SimulatedService {
  let kind = "openai"
  let basePath = "/v1"
  let errorShape: Answer.Shape? = .openAI

  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose? {
    path == ["v1", "images", "generations"] || path == ["v1", "images", "edits"] ? .submit() : nil
  }

  func key(in headers: HTTPHeaders) -> String? { bearer(headers) }

  func read(_ call: Call) throws(Objection) -> SubmitRequest {
    let isEdit = call.uri.hasSuffix("/edits")
    let form = MultipartForm(call.body, type: call.headers.first(name: "Content-Type"))
    let json: JSON
    if let form { json = form.json } else { json = try JSON(request: call.body) }
    let images = form?.files ?? []
    guard isEdit == !images.isEmpty, images.count <= 16 else {
      throw .field("image", "An edit has 1 to 16 images.")
    }
    var request = try SubmitRequest(json, images: nil, most: 0, body: call.body)
    request.references = images.map { Digest64().adding($0.bytes).hexadecimal }
    guard images.allSatisfy({ $0.type.hasPrefix("image/") }) else {
      throw .field("image", "The type of an image must begin with image/.")
    }
    let model = json["model"]?.string ?? "a-local-model"
    request.model = model
    switch json["n"] {
    case nil: break
    case .integer(let count)? where (1...10).contains(count): request.count = count
    case .text(let text)?:
      guard let count = Int(text), (1...10).contains(count) else {
        throw .field("n", "The parameter `n` must be in 1…10.")
      }
      request.count = count
    default: throw .field("n", "The parameter `n` must be in 1…10.")
    }
    let isNewer = model.hasPrefix("gpt-image")
    if isNewer, json["response_format"] != nil {
      throw .field("response_format", "Unknown parameter: 'response_format'.")
    }
    if json["seed"] != nil, isNewer || model.hasPrefix("dall-e") {
      throw .field("seed", "Unknown parameter: 'seed'.")
    }
    request.base64 = isNewer || json["response_format"]?.string == "b64_json"
    return request
  }

  func accepted(_ work: AcceptedWork) -> Offer {
    var fields: [String: JSON] = ["created": .integer(Int(work.now))]
    if work.request.model.hasPrefix("gpt-image") {
      fields["usage"] = .object(["total_tokens": .integer(4160)])
    }
    return Offer(
      fields: fields, items: work.items, container: .data, element: work.acceptance.element,
      details: false, base64: work.acceptance.base64)
  }
}

/// A form of RFC 7578.
struct MultipartForm {
  var fields: [String: String] = [:]
  var files: [(type: String, bytes: ArraySlice<UInt8>)] = []

  /// The fields as a JSON object.
  var json: JSON { .object(fields.mapValues { .text($0) }) }

  /// Nil unless the type is that of a form.
  init?(_ body: [UInt8], type: String?) {
    guard let type, type.hasPrefix("multipart/form-data"),
      let start = type.firstRange(of: "boundary=")
    else { return nil }
    let mark = Array("--\(type[start.upperBound...])".utf8)
    for part in body.split(separator: mark) {
      guard let head = part.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
      let text = String(decoding: part[..<head.lowerBound], as: UTF8.self)
      let content = part[head.upperBound...].dropLast(2)
      guard let name = Self.quoted("name=", in: text) else { continue }
      if text.contains("filename=") {
        let line = text.split(separator: "\r\n").first { $0.hasPrefix("Content-Type: ") }
        files.append((line.map { String($0.dropFirst(14)) } ?? "", content))
      } else {
        fields[name] = String(decoding: content, as: UTF8.self)
      }
    }
  }

  private static func quoted(_ mark: String, in text: String) -> String? {
    guard let start = text.firstRange(of: " " + mark + "\"") else { return nil }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }
}
