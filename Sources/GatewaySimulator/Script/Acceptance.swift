/// The form of the reply to an accepted submit.
package struct Acceptance: Codable, Equatable, Sendable {
  /// nil: as `response_format` asks.
  package var style: Style?
  /// The name of the id, if there is one.
  ///
  /// A `job` without it uses `job_set_id`.
  package var id: IDSpelling?
  /// With an id: whether the reply contains the images too.
  package var image: Bool?
  /// The member with the images.
  package var container: ImageContainer?
  /// The form of each image.
  package var element: ImageElement?
  /// The form of base64.
  package var base64: Base64Spelling?
  /// Whether the reply is inside a `data` object; nil means no.
  package var wrapped: Bool?
  /// The form of the creation time.
  package var created: TimeSpelling?
  /// Whether the reply contains the usage; nil means yes.
  package var usage: Bool?
  /// Whether the reply contains the model and the size of each image; nil means no.
  package var details: Bool?
  /// The number of images in the group; nil means 1.
  package var count: Int?
  /// Positions in the group, from 0, with an error instead of an image.
  package var failed: [Int]?
  /// Seconds until the URLs expire; nil means a day.
  package var lifetime: Double?
  /// The form of the key in the query of each URL; nil: without the key.
  package var linkKey: LinkKeySpelling?

  /// Makes an acceptance; nil means the usual reply.
  package init(
    style: Style? = nil, id: IDSpelling? = nil, image: Bool? = nil,
    container: ImageContainer? = nil, element: ImageElement? = nil,
    base64: Base64Spelling? = nil, wrapped: Bool? = nil, created: TimeSpelling? = nil,
    usage: Bool? = nil, details: Bool? = nil, count: Int? = nil, failed: [Int]? = nil,
    lifetime: Double? = nil, linkKey: LinkKeySpelling? = nil
  ) {
    self.style = style
    self.id = id
    self.image = image
    self.container = container
    self.element = element
    self.base64 = base64
    self.wrapped = wrapped
    self.created = created
    self.usage = usage
    self.details = details
    self.count = count
    self.failed = failed
    self.lifetime = lifetime
    self.linkKey = linkKey
  }

  /// The kind of reply to an accepted request.
  package enum Style: String, Codable, CaseIterable, Sendable {
    case url
    case base64 = "b64_json"
    /// An id to poll for.
    case job
  }
}

/// The names of a job id.
package enum IDSpelling: String, Codable, CaseIterable, Sendable {
  case jobSetID = "job_set_id"
  case requestID = "request_id"
  case requestIDCamel = "requestId"
  case id
  case taskID = "task_id"
}

/// The place of the images in a reply.
package enum ImageContainer: String, Codable, CaseIterable, Sendable {
  case data, images, results
  case outputMediaURL = "output.media_url"
  /// `output` itself: a list, or a single element for `outputAlone`.
  case output
  case outputAlone = "output alone"
  /// One link at the top of the reply.
  case url, imageUrl
}

/// The forms of base64.
package enum Base64Spelling: String, Codable, CaseIterable, Sendable {
  /// In lines of 76 characters.
  case lines
  /// With a line end after it.
  case lineEnd
  /// Without `=` at its end.
  case unpadded
  /// With `-` and `_` for `+` and `/`.
  case urlSafe
}

/// The forms of a request's key in the query of a URL.
package enum LinkKeySpelling: String, Codable, CaseIterable, Sendable {
  case raw, percent, base64
}

/// The form of one image in its container.
package enum ImageElement: String, Codable, CaseIterable, Sendable {
  /// A bare string.
  case string
  case url, imageUrl
  /// The file itself, for every style.
  case base64 = "b64_json"
}

/// The forms of a time.
package enum TimeSpelling: String, Codable, CaseIterable, Sendable {
  case seconds, milliseconds, iso8601, missing
}
