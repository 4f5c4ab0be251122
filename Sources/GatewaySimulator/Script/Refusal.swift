/// Named refusals of a gateway, its front, the maker or a proxy.
package enum Refusal: String, Codable, CaseIterable, Sendable {
  // The request is the cause.
  case badRequest, badRequestMaker
  case sensitivePrompt, sensitiveImage, riskDetected
  case notFound, modelNotFound
  // The key or the account is the cause.
  case unauthorized, unauthorizedFront, unauthorizedMaker
  case paymentRequired, forbidden, accessDenied
  // Too many requests.
  case tooManyRequests, tooManyRequestsFront, tooManyRequestsMaker
  case retryInSeconds, retryAtDate, retryInThePast, retryAbsurd, retryNonsense
  case quotaExceeded, setLimitExceeded
  case outOfCallVolume, outOfCallVolumeForDays
  // The gateway is the cause.
  case serverError, serverErrorMaker, badGateway, unavailable, gatewayTimeout
  case unknownOrigin, originDown, originTimeout
  // Status 200 without success.
  case okWithError, okWithMakerError, okWithoutSuccess
  case successAlone, emptyObject, emptyBody, unreadable, page
  case okWithInternalError, tryAgainLater
  // Redirects, also to the result of finished work.
  case redirect, redirectKeepingMethod, redirectForGood
  case found, seeOther
  // A proxy or a firewall answers.
  case pageBadRequest, pageNotAllowed, pageProxyAuthentication, pageForbidden, pageNotFound
  // The address is wrong.
  case endpointNotFound
  // The account has no money left, with other statuses than 402.
  case insufficientBalance, billingHardLimit, insufficientQuota
  // Extreme values of Retry-After.
  case retryAtOnce, retryTomorrow
  // Storage of images: the link has expired, or the file does not exist.
  case storageExpired, storageTokenExpired, storageNoSuchKey
}

extension Refusal {
  /// The reply for the name.
  package var answer: Answer {
    switch self {
    case .badRequest: Answer(400, .text, message: "The request could not be understood.")
    case .badRequestMaker:
      Answer(
        400, .maker, code: "InvalidParameter", message: "The parameter `size` is not valid.",
        param: "size")
    case .sensitivePrompt:
      Answer(
        400, .maker, code: "InputTextSensitiveContentDetected",
        message: "The input text may contain sensitive information.", param: "prompt")
    case .sensitiveImage:
      Answer(
        400, .maker, code: "OutputImageSensitiveContentDetected",
        message: "The output image may contain sensitive information.")
    case .riskDetected:
      Answer(
        400, .maker, code: "InputTextRiskDetection",
        message: "The input text was held back by risk detection.")
    case .notFound: Answer(404, .text, message: "Not found.")
    case .modelNotFound:
      Answer(
        404, .maker, code: "InvalidEndpointOrModel.NotFound",
        message: "The model does not exist, or there is no access to it.", param: "model")
    case .unauthorized: Answer(401, .text, message: "The key is not valid.")
    case .unauthorizedFront: .keyRefused
    case .unauthorizedMaker:
      Answer(401, .maker, code: "AuthenticationError", message: "The key is missing or not valid.")
    case .paymentRequired: Answer(402, .text, message: "The balance is used up.")
    case .forbidden: Answer(403, .text, message: "Not allowed.")
    case .accessDenied:
      Answer(403, .maker, code: "AccessDenied", message: "This account has no access to the model.")
    case .tooManyRequests: Answer(429, .text, message: "Too many requests.")
    case .tooManyRequestsFront:
      Answer(
        429, .front, message: "Rate limit is exceeded. Try again in 1 seconds.",
        retryAfter: RetryAfter(seconds: 1))
    case .tooManyRequestsMaker:
      Answer(429, .maker, code: "RateLimitExceeded", message: "Requests per minute are exceeded.")
    case .retryInSeconds:
      Answer(429, .text, message: "Too many requests.", retryAfter: RetryAfter(seconds: 1))
    case .retryAtDate:
      Answer(429, .text, message: "Too many requests.", retryAfter: RetryAfter(date: 6))
    case .retryInThePast:
      Answer(429, .text, message: "Too many requests.", retryAfter: RetryAfter(date: -86_400))
    case .retryAbsurd:
      Answer(
        429, .text, message: "Too many requests.",
        retryAfter: RetryAfter(text: "99999999999999999999"))
    case .retryNonsense:
      Answer(429, .text, message: "Too many requests.", retryAfter: RetryAfter(text: "-1; soon"))
    case .quotaExceeded:
      Answer(429, .maker, code: "QuotaExceeded", message: "The quota of this account is used up.")
    case .setLimitExceeded:
      Answer(429, .maker, code: "SetLimitExceeded", message: "The limit that was set is reached.")
    case .outOfCallVolume:
      Answer(403, .front, message: Self.outOfCallVolume(until: "05:04:03"))
    case .outOfCallVolumeForDays:
      Answer(403, .front, message: Self.outOfCallVolume(until: "12.05:04:03"))
    case .serverError: Answer(500, .text, message: "Something went wrong.")
    case .serverErrorMaker:
      Answer(500, .maker, code: "InternalServiceError", message: "The service met an error.")
    case .badGateway: Answer(502, .html)
    case .unavailable: Answer(503, .html)
    case .gatewayTimeout: Answer(504, .html)
    case .unknownOrigin: Answer(520, .html)
    case .originDown: Answer(521, .html)
    case .originTimeout: Answer(524, .html, charged: true)
    case .okWithError: Answer(200, .text, message: "The generation did not work out.")
    case .okWithMakerError:
      Answer(200, .maker, code: "InternalServiceError", message: "The service met an error.")
    case .okWithoutSuccess:
      Answer(200, body: #"{"success": false, "message": "The generation did not work out."}"#)
    case .successAlone: Answer(200, body: #"{"success": true}"#, charged: true)
    case .emptyObject: Answer(200, body: "{}", charged: true)
    case .emptyBody: Answer(200, .empty, charged: true)
    case .unreadable: Answer(200, body: #"{"created": 17574, "data": [{"url": "ht"#, charged: true)
    case .page: Answer(200, .html, charged: true)
    case .okWithInternalError:
      Answer(200, body: #"{"success": false, "message": "Internal error"}"#, charged: true)
    case .tryAgainLater:
      Answer(200, .text, message: "An unexpected error occurred, please try again later")
    case .found: Answer(302, .empty, headers: ["Location": "/results/1"], charged: true)
    case .seeOther: Answer(303, .empty, headers: ["Location": "/results/1"], charged: true)
    case .pageBadRequest: Answer(400, .html)
    case .pageNotAllowed: Answer(405, .html)
    case .pageProxyAuthentication:
      Answer(407, .html, headers: ["Proxy-Authenticate": #"Basic realm="proxy""#])
    case .pageForbidden: Answer(403, .html)
    case .pageNotFound:
      Answer(404, headers: ["Content-Type": "text/plain"], body: "default backend - 404")
    case .endpointNotFound: Answer(404, .text, message: "Endpoint not found")
    case .insufficientBalance: Answer(400, .text, message: "Insufficient balance")
    case .billingHardLimit:
      Answer(
        400, .maker, code: "billing_hard_limit_reached",
        message: "Billing hard limit has been reached.")
    case .insufficientQuota:
      Answer(
        429, .maker, code: "insufficient_quota", message: "You exceeded your current quota.")
    case .retryAtOnce:
      Answer(429, .text, message: "Too many requests.", retryAfter: RetryAfter(seconds: 0))
    case .retryTomorrow:
      Answer(429, .text, message: "Too many requests.", retryAfter: RetryAfter(seconds: 86_400))
    case .storageExpired: .storage(403, "AccessDenied", "Request has expired")
    case .storageTokenExpired: .storage(400, "ExpiredToken", "The provided token has expired.")
    case .storageNoSuchKey: .storage(404, "NoSuchKey", "The specified key does not exist.")
    case .redirect: Answer(302, .empty, headers: ["Location": "/elsewhere"])
    case .redirectKeepingMethod: Answer(307, .empty, headers: ["Location": "/elsewhere"])
    case .redirectForGood: Answer(308, .empty, headers: ["Location": "/elsewhere"])
    }
  }

  private static func outOfCallVolume(until span: String) -> String {
    "Out of call volume quota. Quota will be replenished in \(span)."
  }
}

extension Answer {
  /// A refusal of storage with the API of Amazon S3.
  static func storage(_ status: Int, _ code: String, _ message: String) -> Answer {
    Answer(
      status, headers: ["Content-Type": "application/xml"],
      body:
        "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>\(message)</Message></Error>")
  }

  /// The refusal of a key by the gateway's front.
  static let keyRefused = Answer(
    401, .front,
    message: "Access denied due to invalid subscription key. Provide the key of an active one.",
    headers: [
      "WWW-Authenticate":
        #"AzureApiManagementKey realm="gateway",name="Ocp-Apim-Subscription-Key",type="header""#
    ])
}
