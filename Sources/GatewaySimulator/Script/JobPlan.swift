/// How a job goes, poll by poll.
public struct JobPlan: Codable, Equatable, Sendable {
  /// What each poll says, in turn; the last word is repeated. nil means `succeeded`.
  ///
  /// A word that folds (case, `_`, `-` and spaces aside) to succeeded, success or completed brings
  /// the images along; failed, failure, error, nsfw and their like bring an error.
  public var statuses: [String]?
  /// Polls that answer 404 before the job is known.
  public var missing: Int?
  /// Whether success brings its images; nil means yes.
  public var images: Bool?
  /// Polls that tell of success before its images are there.
  public var empty: Int?
  /// Whether those polls list a link that is null; nil means that they list nothing.
  public var nullLinks: Bool?
  /// Whether a job under way shows a preview, a small image that is not its result; nil means no.
  public var preview: Bool?
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

  /// Makes a plan; nil means the usual reply.
  public init(
    statuses: [String]? = nil, missing: Int? = nil, images: Bool? = nil, empty: Int? = nil,
    nullLinks: Bool? = nil,
    preview: Bool? = nil, container: ImageContainer? = nil, element: ImageElement? = nil,
    base64: Base64Spelling? = nil, wrapped: Bool? = nil, created: TimeSpelling? = nil
  ) {
    self.statuses = statuses
    self.missing = missing
    self.images = images
    self.empty = empty
    self.nullLinks = nullLinks
    self.preview = preview
    self.container = container
    self.element = element
    self.base64 = base64
    self.wrapped = wrapped
    self.created = created
  }
}
