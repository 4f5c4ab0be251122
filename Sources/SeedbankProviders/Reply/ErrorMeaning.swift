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
    ("internalfailure", .server),
    ("servererror", .server),
    ("systemerror", .server),
    ("unexpectederror", .server),
    ("unknownerror", .server),
    ("unavailable", .server),
    ("overloaded", .server),
    ("timeout", .server),
  ]

  /// Whole codes about the key, in the form of ``codes``.
  ///
  /// As a part, "unauthorized" can be about the prompt, as in `unauthorized_content`.
  private static let keyCodes: Set<String> = [
    "unauthorized", "unauthorised", "unauthenticated", "invalidtoken",
  ]

  /// Codes that only say that something failed, as relays write them.
  ///
  /// The message then decides as if there were no code. So it does for the types of relays, such as
  /// `one_api_error`.
  private static let generic: Set<String> = ["error", "exception", "unknown", "upstreamerror"]

  /// Phrases in replies without a known code, with spaces in place of hyphens and underscores.
  private static let phrases: [(part: String, meaning: ErrorMeaning)] = [
    ("sensitivecontentdetected", .moderation),
    ("riskdetection", .moderation),
    ("content policy", .moderation),
    ("insufficient balance", .payment),
    ("insufficient credit", .payment),
    ("insufficient fund", .payment),
    ("insufficient quota", .payment),
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
    ("billing hard limit", .payment),
    ("check your billing", .payment),
    ("payment required", .payment),
    ("out of call volume quota", .quota),
    ("quotaexceeded", .quota),
    ("setlimitexceeded", .quota),
    ("subscription key", .keyInvalid),
    ("invalid api key", .keyInvalid),
    ("incorrect api key", .keyInvalid),
    ("wrong api key", .keyInvalid),
    ("missing api key", .keyInvalid),
    ("api key not valid", .keyInvalid),
    ("api key is not valid", .keyInvalid),
    ("api key is invalid", .keyInvalid),
    ("api key is missing", .keyInvalid),
    ("api key is required", .keyInvalid),
    ("invalid apikey", .keyInvalid),
    ("api key expired", .keyInvalid),
    ("api key has expired", .keyInvalid),
    ("api key has been", .keyInvalid),
    ("api key not found", .keyInvalid),
    ("invalid access token", .keyInvalid),
    ("rate limit", .throttle),
    ("too many requests", .throttle),
    ("too many concurrent", .throttle),
    ("concurrency limit", .throttle),
  ]

  /// Messages about the key, in the form of the phrases, alone or before the reason.
  ///
  /// As other parts of a message, these words can be about the prompt.
  private static let keyMessages: Set<String> = [
    "unauthorized", "unauthorised", "401 unauthorized", "401 unauthorised", "not authenticated",
    "unauthorized access", "not authorized", "invalid token", "token expired", "token has expired",
    "invalid key", "invalid credentials", "authentication failed", "authentication required",
  ]
  /// Words in a reason that is about the key.
  private static let keyReasons: Set<Substring> = [
    "key", "apikey", "token", "credential", "credentials", "login", "authentication",
    "authorization", "expired",
  ]
  /// Words in a reason that may be about the prompt.
  private static let otherReasons: Set<Substring> = [
    "prompt", "content", "image", "images", "policy", "model", "safety",
  ]

  /// Messages that ask for fewer requests, as the first part of a message.
  ///
  /// As other parts of a message, these words can be from the prompt.
  private static let pleas: Set<String> = [
    "slow down", "please slow down", "slow down please", "throttled", "request throttled",
    "request was throttled",
  ]

  /// Phrases that mean a problem of the service, in the form of ``phrases``.
  ///
  /// They count only without a code: an unknown code is a definite refusal.
  private static let troubles = [
    "try again", "try later", "temporarily", "temporary", "unavailable", "timeout", "timed out",
    "time out", "etimedout", "internal error", "internal server error", "internal service error",
    "internal failure", "server error", "overloaded", "unexpected error", "unknown error",
    "something went wrong", "service is busy", "server is busy", "system is busy", "high demand",
    "bad gateway", "upstream error", "upstream connect error", "upstream request",
    "no healthy upstream", "connection reset", "econnreset", "econnrefused", "socket hang up",
    "deadline exceeded", "currently busy",
  ]

  /// Whole messages with the same meaning.
  ///
  /// "Image fetch failed" is about a reference image.
  private static let wholeTroubles: Set<String> = [
    "fetch failed", "typeerror: fetch failed", "network error", "connection refused", "proxy error",
  ]

  static func of(_ message: GatewayMessage) -> ErrorMeaning? {
    if let hit = message.code.flatMap(ofCode) { return hit }
    let text = message.text.map(plain) ?? ""
    if let hit = phrases.first(where: { text.contains($0.part) }) { return hit.meaning }
    let number = message.code.flatMap { Int($0) }
    // An unknown code is a definite refusal, whatever the message says.
    guard number != nil || message.code.map(isGeneric) ?? true else { return nil }
    if let hit = message.text.flatMap(ofWhole) { return hit }
    if isTrouble(text) { return .server }
    return numeric(number)
  }

  /// The meaning of a code, without the message.
  static func ofCode(_ code: String) -> ErrorMeaning? {
    let key = Self.key(of: code)
    return codes.first { key.contains($0.part) }?.meaning
      ?? (keyCodes.contains(key) ? .keyInvalid : nil)
  }

  /// Whether a code only says that something failed.
  static func isGeneric(_ code: String) -> Bool {
    let key = Self.key(of: code)
    return generic.contains(key) || key.hasSuffix("apierror")
  }

  /// Returns a code in the form of ``codes``.
  static func key(of code: String) -> String {
    code.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// A text in lower case, with single spaces in place of white space, hyphens and underscores.
  private static func plain(_ text: String) -> String {
    text.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }.joined(separator: " ")
  }

  /// The meaning of a message that is a single word, which is read as a code, or that is or begins with
  /// one of the whole messages.
  private static func ofWhole(_ text: String) -> ErrorMeaning? {
    if !text.contains(where: \.isWhitespace), let hit = ofCode(text) { return hit }
    // Relays add the id of the request in parentheses.
    let message = text.prefix { $0 != "(" }
    let first = message.prefix { !".!:;,".contains($0) }
    let reason = message.dropFirst(first.count)
    let start = plain(String(first))
    if pleas.contains(start) { return .throttle }
    if start.contains("too "), pleas.contains(plain(lastPart(of: message))) { return .throttle }
    guard keyMessages.contains(start) else { return nil }
    let words = reason.lowercased().split { !$0.isLetter }
    guard !words.isEmpty else { return .keyInvalid }
    let isAboutKey =
      !keyReasons.isDisjoint(with: words) && otherReasons.isDisjoint(with: words)
    return isAboutKey ? .keyInvalid : nil
  }

  /// The part of a message after its last comma or full stop, without marks.
  private static func lastPart(of message: Substring) -> String {
    message.split { ".!;,".contains($0) }.last.map { String($0) } ?? ""
  }

  /// "Try again with another prompt" is about the prompt.
  private static func isTrouble(_ text: String) -> Bool {
    let isAdvice = ["try again with", "try again using"].contains { text.contains($0) }
    if wholeTroubles.contains(text.filter { $0 != "." && $0 != "!" }) { return true }
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
