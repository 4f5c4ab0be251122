import SeedbankModel

/// Recognizes replies of storage services that say that a link has expired.
///
/// A 403 or 404 alone is not sufficient: the image may not exist yet, or a firewall may block it.
enum ImageRefusal {
  /// The number of bytes of a body that are read.
  static let bodyLimit = 8_192

  /// Error codes of storage services: Amazon S3 and services with its API (Cloudflare R2, Google
  /// Cloud Storage, Volcengine TOS, Alibaba OSS, Tencent COS, MinIO) and Azure Blob Storage.
  ///
  /// Compared in lower case.
  private static let codes: Set<String> = [
    "expiredtoken", "securitytokenexpired", "requestexpired", "signatureexpired", "nosuchkey",
    "nosuchversion", "nosuchbucket", "blobnotfound", "containernotfound", "resourcenotfound",
  ]

  /// Codes for a signature that is not accepted.
  ///
  /// Only the message says whether it has expired.
  private static let signatureCodes: Set<String> = [
    "accessdenied", "authenticationfailed", "authorizationqueryparameterserror", "forbidden",
    "invalidargument", "invalidrequest", "invalidtoken",
  ]

  private static let words = [
    "expired", "not valid in the specified time frame", "no such object",
  ]

  /// Whether the reply, with the start of its body, says that the link has expired.
  ///
  /// The status can be any from 400 to 499.
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
    // Volcengine TOS uses names with capital letters.
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
