/// A complete reply before it is sent.
struct Reply: Sendable {
  var status: Int
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  init(_ status: Int, type: String, _ body: [UInt8], headers: [(String, String)] = []) {
    self.status = status
    let isTyped = body.isEmpty || headers.contains { $0.0 == "Content-Type" }
    self.headers = isTyped ? headers : [("Content-Type", type)] + headers
    self.body = body
  }

  init(_ status: Int, headers: [(name: String, value: String)], _ body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  init(_ status: Int, _ json: JSON) throws {
    self.init(status, type: "application/json; charset=utf-8", try json.bytes)
  }
}

extension Answer {
  /// The answer as a reply; `now` is the reply's own time, in seconds since 1970.
  func reply(at now: Double) throws -> Reply {
    var extra = (headers ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    if let value = retryAfter?.value(at: now) { extra.append(("Retry-After", value)) }
    let type = shape == .html ? "text/html" : "application/json"
    return Reply(status, type: type, try body.map { Array($0.utf8) } ?? shaped(), headers: extra)
  }

  private func shaped() throws -> [UInt8] {
    let message = message ?? "Status \(status)."
    switch shape ?? .text {
    case .text: return try JSON.object(["error": .text(message)]).bytes
    case .maker:
      return try JSON.object([
        "error": .object([
          "code": .text(code ?? "InternalServiceError"), "message": .text(message),
          "param": .text(param ?? ""), "type": .text(status < 500 ? "BadRequest" : "InternalError"),
        ])
      ]).bytes
    case .front:
      return try JSON.object(["statusCode": .integer(status), "message": .text(message)]).bytes
    case .detail:
      var members: [String: JSON] = [
        "detail": .text(message), "status": .integer(status), "title": .text("Error"),
      ]
      if let code { members["error_type"] = .text(code) }
      return try JSON.object(members).bytes
    case .openAI:
      return try JSON.object([
        "error": .object([
          "message": .text(message),
          "type": .text(status < 500 ? "invalid_request_error" : "server_error"),
          "param": param.map { .text($0) } ?? .null, "code": code.map { .text($0) } ?? .null,
        ])
      ]).bytes
    case .html: return Self.page(titled: "\(status)")
    case .empty: return []
    }
  }

  static func page(titled title: String) -> [UInt8] {
    Array(
      """
      <!DOCTYPE html>
      <html><head><title>\(title)</title></head>
      <body><center><h1>\(title)</h1></center><hr><center>proxy</center></body></html>

      """.utf8)
  }
}

extension RetryAfter {
  func value(at now: Double) -> String? {
    if let text { return text }
    if let seconds { return String(seconds) }
    return date.map { HTTPDate.text(now + $0) }
  }
}
