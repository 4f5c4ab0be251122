/// The cause of an error, from its code or its message.
///
/// New codes are added to this table.
enum ErrorMeaning: Equatable, Sendable {
  case moderation
  case quota
  case throttle
  case model
  case keyInvalid
  case payment
  /// An error of the service, after which the outcome is unknown.
  case server

  /// Parts of codes, compared without case, dots, spaces, hyphens and underscores.
  ///
  /// The first match is used. The moderation and quota codes are from the gateway's page. The
  /// others are from the public lists of the model maker and of similar services.
  private static let codes: [(part: String, meaning: ErrorMeaning)] = [
    ("sensitivecontentdetected", .moderation),
    ("riskdetection", .moderation),
    ("contentpolicyviolation", .moderation),
    ("moderationblocked", .moderation),
    ("insufficientquota", .payment),
    ("insufficientbalance", .payment),
    ("insufficientcredit", .payment),
    ("insufficientfunds", .payment),
    ("billinghardlimit", .payment),
    ("billingnotactive", .payment),
    ("paymentrequired", .payment),
    ("accountoverdue", .payment),
    ("arrearage", .payment),
    ("quotaexceeded", .quota),
    ("setlimitexceeded", .quota),
    ("ratelimit", .throttle),
    ("toomanyrequests", .throttle),
    ("serveroverloaded", .throttle),
    ("modelnotfound", .model),
    ("modelnotopen", .model),
    ("invalidendpointormodel", .model),
    ("authenticationerror", .keyInvalid),
    ("invalidapikey", .keyInvalid),
    ("internalservice", .server),
    ("internalerror", .server),
    ("internalserver", .server),
    ("servererror", .server),
    ("systemerror", .server),
    ("unexpectederror", .server),
    ("unavailable", .server),
    ("overloaded", .server),
    ("timeout", .server),
  ]

  /// Phrases in replies without a known code.
  private static let phrases: [(part: String, meaning: ErrorMeaning)] = [
    ("sensitivecontentdetected", .moderation),
    ("riskdetection", .moderation),
    ("content policy", .moderation),
    ("content_policy_violation", .moderation),
    ("insufficient balance", .payment),
    ("insufficient_balance", .payment),
    ("insufficient credit", .payment),
    ("insufficient_credit", .payment),
    ("insufficient fund", .payment),
    ("insufficient_quota", .payment),
    ("insufficient account balance", .payment),
    ("balance is insufficient", .payment),
    ("balance insufficient", .payment),
    ("balance is not enough", .payment),
    ("balance not enough", .payment),
    ("balance is too low", .payment),
    ("balance too low", .payment),
    ("exhausted balance", .payment),
    ("not enough balance", .payment),
    ("not enough credit", .payment),
    ("out of credit", .payment),
    ("no credit", .payment),
    ("credits exhausted", .payment),
    ("billing_hard_limit", .payment),
    ("billing hard limit", .payment),
    ("check your billing", .payment),
    ("payment required", .payment),
    ("out of call volume quota", .quota),
    ("quotaexceeded", .quota),
    ("setlimitexceeded", .quota),
    ("subscription key", .keyInvalid),
    ("rate limit", .throttle),
    ("too many requests", .throttle),
  ]

  /// Phrases that mean a problem of the service.
  ///
  /// They count only without a code: an unknown code is a definite refusal.
  private static let troubles = [
    "try again", "try later", "temporarily", "temporary", "unavailable", "timeout", "timed out",
    "time out", "internal error", "internal server error", "internal_error",
    "internal_server_error",
    "internal service error", "server error", "server_error", "overloaded", "unexpected error",
    "unknown error", "something went wrong", "service is busy", "server is busy", "system is busy",
    "high demand", "bad gateway",
  ]

  static func of(_ message: GatewayMessage) -> ErrorMeaning? {
    if let hit = message.code.flatMap(ofCode) { return hit }
    let text = message.text?.lowercased() ?? ""
    if let hit = phrases.first(where: { text.contains($0.part) }) { return hit.meaning }
    let number = message.code.map { Int($0) }
    if number != .some(nil), isTrouble(text) { return .server }
    return number.flatMap { numeric($0) }
  }

  /// The meaning of a code, without the message.
  static func ofCode(_ code: String) -> ErrorMeaning? {
    let key = code.lowercased().filter { $0.isLetter || $0.isNumber }
    return codes.first { key.contains($0.part) }?.meaning
  }

  /// "Try again with another prompt" is about the prompt.
  private static func isTrouble(_ text: String) -> Bool {
    let isAdvice = ["try again with", "try again using"].contains { text.contains($0) }
    return troubles.contains { text.contains($0) && !(isAdvice && $0 == "try again") }
  }

  /// A code that is an HTTP status, as in `{"statusCode": 401, …}` under a 200.
  private static func numeric(_ code: Int?) -> ErrorMeaning? {
    switch code {
    case 401?, 403?: .keyInvalid
    case 402?: .payment
    case 429?: .throttle
    case (500...599)?: .server
    default: nil
    }
  }
}
