/// A complete description of a reply.
package struct Answer: Codable, Equatable, Sendable {
  /// HTTP status.
  package var status: Int
  /// The form of the error; nil means `text`.
  ///
  /// `body` replaces it.
  package var shape: Shape?
  /// The maker's error code.
  package var code: String?
  /// The message of the error.
  package var message: String?
  /// The field that the error is about.
  package var param: String?
  /// The header `Retry-After`.
  package var retryAfter: RetryAfter?
  /// Further headers.
  package var headers: [String: String]?
  /// The exact body.
  ///
  /// It replaces `shape`.
  package var body: String?
  /// Whether a submit is charged in spite of this reply; nil means no.
  package var charged: Bool?

  /// Makes an answer; nil leaves a part out.
  package init(
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
  package enum Shape: String, Codable, CaseIterable, Sendable {
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

/// A `Retry-After` header in one of the forms.
///
/// The first one that is set is used.
package struct RetryAfter: Codable, Equatable, Sendable {
  /// Seconds from now.
  package var seconds: Int?
  /// An HTTP date this number of seconds after the reply's own `Date`.
  package var date: Double?
  /// The exact value, for extreme ones.
  package var text: String?

  /// Makes a header from seconds, a date or a text.
  package init(seconds: Int? = nil, date: Double? = nil, text: String? = nil) {
    self.seconds = seconds
    self.date = date
    self.text = text
  }
}
