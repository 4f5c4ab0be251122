/// How a job goes, poll by poll.
public struct JobPlan: Codable, Equatable, Sendable {
  /// What each poll says, in turn; the last word is said for ever. nil means `succeeded`.
  ///
  /// A word that folds (case, `_`, `-` and spaces aside) to succeeded, success or completed brings
  /// the images along; failed, failure, error, nsfw and their like bring an error.
  public var statuses: [String]?
  /// Polls that answer 404 before the job is known.
  public var missing: Int?
  /// Whether success brings its images; nil means yes.
  public var images: Bool?
  public var container: ImageContainer?
  public var element: ImageElement?
  public var created: TimeSpelling?

  public init(
    statuses: [String]? = nil, missing: Int? = nil, images: Bool? = nil,
    container: ImageContainer? = nil, element: ImageElement? = nil, created: TimeSpelling? = nil
  ) {
    self.statuses = statuses
    self.missing = missing
    self.images = images
    self.container = container
    self.element = element
    self.created = created
  }
}
