/// What an error is about, as far as its code or words tell: the one table to extend when a new code
/// is met.
enum ErrorMeaning: Equatable, Sendable {
  case moderation
  case quota
  case throttle
  case model
  case keyInvalid
  case payment
  /// A fault on their side, after which nobody knows what was done.
  case server

  /// Parts of codes, compared without case, dots, spaces, hyphens and underscores; the first that
  /// fits holds. The moderation and quota codes are those of the gateway's contract; the others are
  /// in the model maker's public list of errors.
  private static let codes: [(part: String, meaning: ErrorMeaning)] = [
    ("sensitivecontentdetected", .moderation),
    ("riskdetection", .moderation),
    ("quotaexceeded", .quota),
    ("setlimitexceeded", .quota),
    ("ratelimit", .throttle),
    ("toomanyrequests", .throttle),
    ("serveroverloaded", .throttle),
    ("modelnotfound", .model),
    ("modelnotopen", .model),
    ("invalidendpointormodel", .model),
    ("accountoverdue", .payment),
    ("authenticationerror", .keyInvalid),
    ("invalidapikey", .keyInvalid),
    ("internalservice", .server),
    ("internalerror", .server),
    ("serviceunavailable", .server),
    ("timeout", .server),
  ]

  /// Words of replies that have no code.
  private static let phrases: [(part: String, meaning: ErrorMeaning)] = [
    ("sensitivecontentdetected", .moderation),
    ("riskdetection", .moderation),
    ("out of call volume quota", .quota),
    ("quotaexceeded", .quota),
    ("setlimitexceeded", .quota),
    ("subscription key", .keyInvalid),
    ("rate limit", .throttle),
    ("internal server error", .server),
  ]

  static func of(_ message: GatewayMessage) -> ErrorMeaning? {
    let code = message.code?.lowercased().filter { $0.isLetter || $0.isNumber } ?? ""
    if let hit = codes.first(where: { code.contains($0.part) }) { return hit.meaning }
    let text = message.text?.lowercased() ?? ""
    if let hit = phrases.first(where: { text.contains($0.part) }) { return hit.meaning }
    return numeric(code)
  }

  /// A code that is an HTTP status, as in `{"statusCode": 401, …}` under a 200.
  private static func numeric(_ code: String) -> ErrorMeaning? {
    switch Int(code) {
    case 401?, 403?: .keyInvalid
    case 402?: .payment
    case 429?: .throttle
    case (500...599)?: .server
    default: nil
    }
  }
}
