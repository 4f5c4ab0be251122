/// A complete description of a reply.
public struct Answer: Codable, Equatable, Sendable {
  /// HTTP status.
  public var status: Int
  /// The form of the error; nil means `text`. `body` replaces it.
  public var shape: Shape?
  /// The maker's error code.
  public var code: String?
  /// The message of the error.
  public var message: String?
  /// The field that the error is about.
  public var param: String?
  /// The header `Retry-After`.
  public var retryAfter: RetryAfter?
  /// Further headers.
  public var headers: [String: String]?
  /// The exact body. It replaces `shape`.
  public var body: String?
  /// Whether a submit is charged in spite of this reply; nil means no.
  public var charged: Bool?

  /// Makes an answer; nil leaves a part out.
  public init(
    _ status: Int, _ shape: Shape? = nil, code: String? = nil, message: String? = nil,
    param: String? = nil, retryAfter: RetryAfter? = nil, headers: [String: String]? = nil,
    body: String? = nil, charged: Bool? = nil
  ) {
    self.status = status
    self.shape = shape
    self.code = code
    self.message = message
    self.param = param
    self.retryAfter = retryAfter
    self.headers = headers
    self.body = body
    self.charged = charged
  }

  /// The apparent author of the reply.
  public enum Shape: String, Codable, CaseIterable, Sendable {
    /// The gateway itself: `{"error": "…"}`.
    case text
    /// The model's maker: `{"error": {"code", "message", "param", "type"}}`.
    case maker
    /// The gateway's front: `{"statusCode", "message"}`.
    case front
    /// fal and Replicate: `{"detail", "title", "status", "error_type"}`.
    case detail
    /// OpenAI: `{"error": {"message", "type", "param", "code"}}`.
    case openAI
    /// A proxy: an HTML page.
    case html
    /// No body.
    case empty
  }
}

/// A `Retry-After` header in one of the forms. The first one that is set is used.
public struct RetryAfter: Codable, Equatable, Sendable {
  /// Seconds from now.
  public var seconds: Int?
  /// An HTTP date this number of seconds after the reply's own `Date`.
  public var date: Double?
  /// The exact value, for extreme ones.
  public var text: String?

  /// Makes a header from seconds, a date or a text.
  public init(seconds: Int? = nil, date: Double? = nil, text: String? = nil) {
    self.seconds = seconds
    self.date = date
    self.text = text
  }
}
