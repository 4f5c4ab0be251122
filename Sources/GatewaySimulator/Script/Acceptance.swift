/// How an accepted submit is answered.
public struct Acceptance: Codable, Equatable, Sendable {
  /// nil means as `response_format` asks.
  public var style: Style?
  /// What the id is called, where one is given; a `job` without it says `job_set_id`.
  public var id: IDSpelling?
  /// With an id: give the images too.
  public var image: Bool?
  /// The member that holds the images.
  public var container: ImageContainer?
  /// How each image is written.
  public var element: ImageElement?
  /// How base64 is written.
  public var base64: Base64Spelling?
  /// Whether the reply stands inside of a `data` object; nil means no.
  public var wrapped: Bool?
  /// How the time of creation is written.
  public var created: TimeSpelling?
  /// Whether usage is told; nil means yes.
  public var usage: Bool?
  /// Whether the model and each image's size are told; nil means no.
  public var details: Bool?
  /// Images in the group; nil means 1.
  public var count: Int?
  /// Positions in the group, from 0, that carry an error in place of an image.
  public var failed: [Int]?
  /// Seconds until the URLs expire; nil means a day.
  public var lifetime: Double?
  /// How the key is written in the query of each URL; nil means that it is not there.
  public var linkKey: LinkKeySpelling?

  /// Makes an acceptance; nil means the usual reply.
  public init(
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

  /// How an accepted request is answered.
  public enum Style: String, Codable, CaseIterable, Sendable {
    case url
    case base64 = "b64_json"
    /// An id to poll for.
    case job
  }
}

/// The names that a job's id goes by.
public enum IDSpelling: String, Codable, CaseIterable, Sendable {
  case jobSetID = "job_set_id"
  case requestID = "request_id"
  case requestIDCamel = "requestId"
  case id
  case taskID = "task_id"
}

/// Where a reply keeps its images.
public enum ImageContainer: String, Codable, CaseIterable, Sendable {
  case data, images, results
  case outputMediaURL = "output.media_url"
  /// `output` itself: a list, or a lone element as `outputAlone`.
  case output
  case outputAlone = "output alone"
  /// One link at the top of the reply.
  case url, imageUrl
}

/// How a service writes base64.
public enum Base64Spelling: String, Codable, CaseIterable, Sendable {
  /// In lines of 76 characters.
  case lines
  /// With a line end behind it.
  case lineEnd
  /// Without `=` at its end.
  case unpadded
  /// With `-` and `_` for `+` and `/`.
  case urlSafe
}

/// How the key of a request is written in the query of a URL.
public enum LinkKeySpelling: String, Codable, CaseIterable, Sendable {
  case raw, percent, base64
}

/// What one image looks like in its container.
public enum ImageElement: String, Codable, CaseIterable, Sendable {
  /// A bare string.
  case string
  case url, imageUrl
  /// The file itself, whatever the style.
  case base64 = "b64_json"
}

/// How a time is written.
public enum TimeSpelling: String, Codable, CaseIterable, Sendable {
  case seconds, milliseconds, iso8601, missing
}
