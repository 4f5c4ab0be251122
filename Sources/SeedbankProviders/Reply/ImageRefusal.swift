/// Whether a storage service says that a link to an image is dead.
///
/// A 403 or 404 alone does not say so: the image may not be there yet, or a firewall may stand in
/// front of it.
enum ImageRefusal {
  /// How much of a body is looked at, in bytes.
  static let bodyLimit = 8_192

  /// Error codes of storage services: Amazon S3 and those that speak its API (Cloudflare R2, Google
  /// Cloud Storage, Volcengine TOS, Alibaba OSS, Tencent COS, MinIO) and Azure Blob Storage. Compared
  /// in lower case.
  private static let codes: Set<String> = [
    "expiredtoken", "securitytokenexpired", "requestexpired", "signatureexpired", "nosuchkey",
    "nosuchversion", "nosuchbucket", "blobnotfound", "containernotfound", "resourcenotfound",
  ]

  /// Codes that say that a signature is not accepted. Only the words beside them say whether its time
  /// is over.
  private static let signatureCodes: Set<String> = [
    "accessdenied", "authenticationfailed", "authorizationqueryparameterserror", "forbidden",
    "invalidargument", "invalidrequest", "invalidtoken",
  ]

  private static let words = [
    "expired", "not valid in the specified time frame", "no such object",
  ]

  /// Whether the reply, with the beginning of its body, says that the link is dead. Any status of
  /// refusal may carry it.
  static func isExpired(_ reply: Reply) -> Bool {
    guard (400...499).contains(reply.status) else { return false }
    if let code = reply.headers["x-ms-error-code"], codes.contains(code.lowercased()) {
      return true
    }
    let body = reply.body.prefix(bodyLimit)
    let text = String(decoding: body, as: UTF8.self)
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if start.first == "<" { return isExpired(xml: String(start)) }
    guard start.first == "{" else { return false }
    return isExpired(json: Array(start.utf8))
  }

  private static func isExpired(xml text: String) -> Bool {
    guard let code = element("Code", in: text) else { return false }
    let message =
      (element("Message", in: text) ?? "") + " "
      + (element("AuthenticationErrorDetail", in: text) ?? "")
    return isExpired(code: code, message: message)
  }

  private static func isExpired(json bytes: [UInt8]) -> Bool {
    guard let root = try? JSONDocument(bytes).root else { return false }
    let message = GatewayMessage(root)
    // Volcengine TOS begins its names with capitals.
    return isExpired(
      code: root["Code"]?.string ?? message.code ?? "",
      message: root["Message"]?.string ?? message.text ?? "")
  }

  private static func isExpired(code: String, message: String) -> Bool {
    let key = code.lowercased()
    if codes.contains(key) { return true }
    guard signatureCodes.contains(key) || key.isEmpty || Int(key) != nil else { return false }
    let message = message.lowercased()
    return words.contains { message.contains($0) }
  }

  /// The text of an XML element without attributes.
  private static func element(_ name: String, in text: String) -> String? {
    guard let open = text.firstRange(of: "<\(name)>"),
      let close = text[open.upperBound...].firstRange(of: "</\(name)>")
    else { return nil }
    return String(text[open.upperBound..<close.lowerBound])
  }
}
